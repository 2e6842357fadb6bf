// Attaches the small behaviours; every page works without them.
import "./dates.js";
import "./menu.js";
import "./rows.js";
import "./toast.js";
