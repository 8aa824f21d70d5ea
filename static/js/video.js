// Swaps the picture of a video for its player when somebody presses it. Without this script the link opens the video.
(() => {
  "use strict";
  if (window.videoBlocksReady) return;
  window.videoBlocksReady = true;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-embed]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const address = new URL(link.dataset.embed);
    address.searchParams.set("autoplay", "1");
    const player = document.createElement("iframe");
    player.src = address;
    player.title = link.dataset.title;
    player.className = "video__player";
    player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    player.referrerPolicy = "strict-origin-when-cross-origin";
    link.replaceWith(player);
    player.focus();
  });
})();
