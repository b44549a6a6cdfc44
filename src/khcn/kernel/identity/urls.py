"""Addresses of signing in and of one's account."""

from django.urls import path

from khcn.kernel.identity import views

urlpatterns = [
    path("dang-nhap/", views.SignIn.as_view(), name="sign-in"),
    path("dang-xuat/", views.SignOut.as_view(), name="sign-out"),
    path("tai-khoan/", views.show_account, name="account"),
    path("tai-khoan/mat-khau/", views.change_password, name="account-password"),
    path("tai-khoan/uy-quyen/", views.give_delegation, name="account-delegate"),
    path("tai-khoan/uy-quyen/<int:number>/ket-thuc/", views.end_own_delegation, name="account-end-delegation"),
]
