// Attaches the small behaviours; every page works without them.
import "./copy.js";
import "./date_echo.js";
import "./drafts.js";
import "./drop_zone.js";
import "./import_grid.js";
import "./menu.js";
import "./palette.js";
import "./pick.js";
import "./print.js";
import "./rows.js";
import "./toast.js";
