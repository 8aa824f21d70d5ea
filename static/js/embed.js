// Stands on other people's pages: puts what the city shows where they left a place for it, as tall as it is.
// They leave <div data-learning-city="/ru/embed/?partner=…"></div> there and load this file after it.
// Sets no cookie, reads nothing of the page, asks nothing but the frame. The frame's words are taken from it alone.
(() => {
  "use strict";
  const city = new URL(document.currentScript.src).origin;
  const TALLEST = 20000;

  const show = (place) => {
    const address = new URL(place.dataset.learningCity, city);
    if (address.origin !== city) return;
    address.searchParams.set("fit", "1");
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.title = place.dataset.title || place.textContent.trim() || "Learning City";
    frame.loading = "lazy";
    frame.referrerPolicy = "no-referrer";
    frame.height = "480";
    frame.style.cssText = "display:block;width:100%;border:0";
    frame.addEventListener("load", () => frame.contentWindow.postMessage({ learningCity: "measure" }, city));
    window.addEventListener("message", (event) => {
      if (event.origin !== city || event.source !== frame.contentWindow) return;
      const height = event.data && event.data.learningCity === "height" && Number(event.data.height);
      if (height > 0 && height < TALLEST) frame.height = String(Math.ceil(height));
    });
    place.replaceWith(frame);
  };

  const start = () => document.querySelectorAll("[data-learning-city]").forEach(show);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
