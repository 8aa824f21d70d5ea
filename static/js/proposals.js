// While somebody writes a proposal: what others have proposed already. The server makes the list and its words.

const form = document.getElementById("proposal-form")
const place = document.getElementById("similar")
const PAUSE = 500
let waiting = 0
let asked = ""

async function look() {
  const words = ["title", "problem"].map(name => form.elements[name].value).join(" ").trim().slice(0, 400)
  if (words === asked || words.length < 8) return
  asked = words
  const address = new URL(form.dataset.similar, location.href)
  address.searchParams.set("q", words)
  if (form.dataset.but) address.searchParams.set("but", form.dataset.but)
  try {
    const answer = await fetch(address)
    if (!answer.ok || answer.redirected || words !== asked) return
    const found = (await answer.text()).trim()
    place.innerHTML = found
    place.hidden = !found
  } catch {
    asked = "" // away for a moment: the next letter asks again
  }
}

form.addEventListener("input", event => {
  if (!["title", "problem"].includes(event.target.name)) return
  clearTimeout(waiting)
  waiting = setTimeout(look, PAUSE)
})
