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

// Where the reader is, asked of the browser only when they choose that; a hundred metres are near enough.
const order = document.querySelector("select[data-here]")

function chooseHere(event) {
  if (order.value !== "here") return
  event.preventDefault()
  const option = order.selectedOptions[0]
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    option.value = `near:${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`
    order.form.submit()
  }, () => {
    option.disabled = true
    order.selectedIndex = 0
    order.focus()
  })
}

if (order && navigator.geolocation) {
  const group = order.querySelector("optgroup") ?? order
  if (![...group.children].some((option) => option.text === order.dataset.here)) {
    group.append(new Option(order.dataset.here, "here"))
  }
  order.form.addEventListener("submit", chooseHere)
}
