// The scripts of pages for everyone: no htmx, so that the page stays light.
import "./css/app.css";
import { startCopying } from "./js/copy.js";
import { startDrafts } from "./js/draft.js";
import { startFocus } from "./js/focus.js";
import { startSending } from "./js/sending.js";

startFocus();
startDrafts();
startSending();
startCopying();
