// Editors see the preview beside the form until they close it themselves: Wagtail remembers that in this key.
try {
  if (!localStorage.getItem("city:preview-offered")) {
    localStorage.setItem("city:preview-offered", "1");
    localStorage.setItem("wagtail:side-panel-open", "preview");
  }
} catch {
  // Storage is switched off in this browser: the preview opens by its button.
}
