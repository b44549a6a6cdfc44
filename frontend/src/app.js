// The application's scripts: each module improves a page that already works without it.
import "htmx.org";
import "./css/app.css";
import { startCopying } from "./js/copy.js";
import { startDrafts } from "./js/draft.js";
import { startDrawer } from "./js/drawer.js";
import { startFocus } from "./js/focus.js";
import { startPalette } from "./js/palette.js";
import { startPreview } from "./js/preview.js";
import { startSending } from "./js/sending.js";
import { startTheme } from "./js/theme.js";

startTheme();
startFocus();
startDrawer();
startPreview();
startPalette();
startDrafts();
startSending();
startCopying();
