// The desk by keyboard, on top of plain forms: each key presses what carries its letter in the chosen item.

const KEPT = "desk-keys"
const legend = document.querySelector(".keys")
const toggle = document.getElementById("keys-on")
const items = [...document.querySelectorAll(".desk__item")]

legend.hidden = false
toggle.checked = localStorage.getItem(KEPT) !== "off"
toggle.addEventListener("change", () => localStorage.setItem(KEPT, toggle.checked ? "on" : "off"))

function chosen() {
  return document.activeElement.closest(".desk__item")
}

function step(by) {
  const at = items.indexOf(chosen())
  const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))]
  if (!next) return
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: "start" })
}

function press(key) {
  const target = chosen()?.querySelector(`[data-key="${key}"]`)
  if (!target) return false
  if (target.matches("summary")) {
    const details = target.parentElement
    details.open = true
    details.querySelector("select, textarea").focus()
  } else target.click()
  return true
}

document.addEventListener("keydown", event => {
  if (!toggle.checked || event.ctrlKey || event.altKey || event.metaKey) return
  if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1)
  else if (!press(event.key)) return
  event.preventDefault()
})

// A ready answer goes into the field, to be changed there; without this script it is taken as it is.
for (const form of document.querySelectorAll(".desk__form")) {
  const select = form.querySelector("select[name=answer]")
  select?.addEventListener("change", () => {
    form.querySelector("textarea").value = select.selectedOptions[0].dataset.text ?? ""
  })
}
