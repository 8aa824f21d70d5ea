// Which results people open: its place in the list and the search it answered, no more. Lost where scripts are off.

const list = document.querySelector("[data-clicked]")
const told = new Set()

function tell(event) {
  const link = event.target.closest("a[data-rank]")
  if (!link || (event.type === "auxclick" && event.button !== 1)) return
  const { rank } = link.dataset
  if (told.has(rank)) return
  told.add(rank)
  const said = new URLSearchParams(location.search)
  said.delete("page")
  said.set("rank", rank)
  navigator.sendBeacon(list.dataset.clicked, said)
}

list?.addEventListener("click", tell)
list?.addEventListener("auxclick", tell)
