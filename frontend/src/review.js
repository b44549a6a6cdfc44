import "./css/review.css";
import { startReview } from "./js/review.js";

for (const pane of document.querySelectorAll("[data-review]")) startReview(pane);
