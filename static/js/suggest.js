// What may be meant, while somebody types in a search field: a combobox with a list, as WAI-ARIA 1.2 has it.
// What they looked for is kept in this browser alone, by person, until they sign out or forget it.

const KEY = `searches:${document.querySelector("[data-person]")?.dataset.person ?? ""}`
const MOST_KEPT = 5
const LONGEST = 100
const PAUSE = 120

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)).filter(one => typeof one === "string").slice(0, MOST_KEPT)
  } catch {
    return [] // switched off
  }
}

function keep(searches) {
  try {
    if (searches.length) localStorage.setItem(KEY, JSON.stringify(searches.slice(0, MOST_KEPT)))
    else localStorage.removeItem(KEY)
  } catch {
    // Switched off or full.
  }
}

function address(path, text) {
  return `${path}?q=${encodeURIComponent(text)}`
}

function remember(text) {
  const said = text.trim().slice(0, LONGEST)
  if (said) keep([said, ...kept().filter(one => one !== said)])
}

function forgetAll() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("searches:")) localStorage.removeItem(key)
  } catch {
    // Nothing is kept.
  }
}

function suggestIn(form) {
  const input = form.elements.q
  const popup = form.querySelector(".suggest")
  const list = popup.querySelector("[role=listbox]")
  const own = popup.querySelector(".suggest__own")
  const row = popup.querySelector("template").content.firstElementChild
  const status = form.querySelector("[role=status]")
  let options = []
  let active = -1 // none
  let waiting = 0
  let asking = null

  function optionFor(item, place) {
    const option = row.cloneNode(true)
    const [title, kind, bin] = option.querySelectorAll("span")
    option.id = `${list.id}-${place}`
    option.href = item.url
    if (item.css) option.classList.add(item.css)
    option.querySelector("use").setAttribute("href", `${form.dataset.icons}#${item.icon}`)
    title.textContent = item.title
    if (item.language) title.lang = item.language
    kind.textContent = item.kind ?? ""
    if (!item.own) bin.remove()
    if (item.words) option.dataset.words = item.words
    return option
  }

  function show(items, said) {
    options = items.map(optionFor)
    list.replaceChildren(...options)
    own.hidden = !items[0]?.own
    popup.hidden = !items.length
    input.setAttribute("aria-expanded", String(!popup.hidden))
    status.textContent = said
    choose(-1)
  }

  function hide() {
    clearTimeout(waiting)
    asking?.abort()
    if (!popup.hidden) show([], "")
  }

  function choose(place) {
    options[active]?.setAttribute("aria-selected", "false")
    active = place
    const option = options[active]
    option?.setAttribute("aria-selected", "true")
    option?.scrollIntoView({ block: "nearest" })
    if (option) input.setAttribute("aria-activedescendant", option.id)
    else input.removeAttribute("aria-activedescendant")
  }

  function showOwn() {
    const items = kept().map(words => ({ title: words, words, url: address(form.action, words), icon: "clock", own: true }))
    show(items, items.length ? own.dataset.said.replace("%s", items.length) : "")
  }

  async function ask() {
    const text = input.value.trim()
    asking?.abort()
    if (!text) return showOwn()
    if (text.length > LONGEST) return hide()
    const mine = asking = new AbortController()
    try {
      const answer = await fetch(address(form.dataset.suggest, text), { signal: mine.signal })
      if (!answer.ok) throw new Error(answer.status)
      const { items, count } = await answer.json()
      if (!mine.signal.aborted && document.activeElement === input) show(items, count)
    } catch {
      if (mine === asking && !mine.signal.aborted) hide() // the field works without
    }
  }

  function forget(option) {
    const place = options.indexOf(option)
    keep(kept().filter(one => one !== option.dataset.words))
    showOwn()
    choose(Math.min(place, options.length - 1))
  }

  const keys = {
    ArrowDown: () => popup.hidden ? ask() : choose(active + 1 < options.length ? active + 1 : -1),
    ArrowUp: () => popup.hidden ? ask() : choose(active < 0 ? options.length - 1 : active - 1),
    Home: () => active >= 0 && choose(0),
    End: () => active >= 0 && choose(options.length - 1),
    Enter: () => active >= 0 && options[active].click(),
    Delete: () => active >= 0 && !own.hidden && forget(options[active]),
    Escape: () => !popup.hidden && hide(),
  }

  input.addEventListener("keydown", event => {
    const other = event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey
    if (!other && event.key in keys && keys[event.key]() !== false) event.preventDefault()
  })
  input.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(ask, input.value.trim() ? PAUSE : 0)
  })
  input.addEventListener("focus", () => input.value.trim() || showOwn())
  form.addEventListener("focusout", event => form.contains(event.relatedTarget) || hide())
  form.addEventListener("submit", () => {
    remember(input.value)
    hide()
  })
  popup.addEventListener("mousedown", event => event.preventDefault()) // the focus stays
  list.addEventListener("click", event => {
    const option = event.target.closest("[role=option]")
    if (event.target.closest(".suggest__forget")) {
      event.preventDefault()
      forget(option)
    } else if (option?.dataset.words) remember(option.dataset.words)
  })
  own.querySelector("button").addEventListener("click", () => {
    keep([])
    input.focus()
    showOwn()
  })
  addEventListener("pagehide", hide)

  input.setAttribute("role", "combobox")
  input.setAttribute("aria-autocomplete", "list")
  input.setAttribute("aria-controls", list.id)
  input.setAttribute("aria-expanded", "false")
}

for (const door of document.querySelectorAll("form[data-leaves]")) door.addEventListener("submit", forgetAll)
for (const form of document.querySelectorAll("form[data-suggest]")) suggestIn(form)
