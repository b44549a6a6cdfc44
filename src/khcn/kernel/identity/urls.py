"""Addresses of signing in, of one's account and of the language one reads."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from khcn.kernel.identity import views

urlpatterns = [
    path("dang-nhap/", views.SignIn.as_view(), name="sign-in"),
    path("dang-xuat/", views.SignOut.as_view(), name="sign-out"),
    # Anyone may be led to it: it changes nothing but the language, and a token would leave a cookie with every visitor.
    path("ngon-ngu/", csrf_exempt(set_language), name="set-language"),
    path("tai-khoan/", views.show_account, name="account"),
    path("tai-khoan/mat-khau/", views.change_password, name="account-password"),
    path("tai-khoan/uy-quyen/", views.give_delegation, name="account-delegate"),
    path("tai-khoan/uy-quyen/<int:number>/ket-thuc/", views.end_own_delegation, name="account-end-delegation"),
]
