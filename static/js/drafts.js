// What people are writing is kept: in this browser with every letter, on the server whenever they pause.
// The browser's copies are named by person: who else signs in here never gets to see them.

const PREFIX = "draft:"
const PAUSE = 3000
const KEPT_FOR = 60 * 24 * 60 * 60 * 1000
const JSON_PLEASE = { Accept: "application/json" }
const person = document.querySelector("[data-person]")?.dataset.person
const form = document.querySelector("form[data-place]")

function keyOf(place) {
  return `${PREFIX}${person}:${place}`
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null // storage is switched off, or holds something else
  }
}

function write(key, copy) {
  try {
    localStorage.setItem(key, JSON.stringify(copy))
  } catch {
    // Switched off or full: the server keeps it.
  }
}

function forget(matches) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && matches(key)) localStorage.removeItem(key)
  } catch {
    // Nothing is kept here.
  }
}

function forgetSent() {
  const sent = document.cookie.match(/(?:^|; )posted="?([a-z0-9:]+)/)
  if (!sent) return
  forget(key => key === keyOf(sent[1]))
  document.cookie = "posted=; path=/; max-age=0"
}

// --- a form ----------------------------------------------------------------------------------------------------------
const line = form?.querySelector(".draft")
const status = line?.querySelector(".meta [role=status]")
const throwButton = line?.querySelector("[data-throw]")
const offer = line?.querySelector(".draft__offer")
const throwWord = throwButton?.textContent
let first = "" // the words with which the page came, as JSON
let here = "" // those that this browser has kept
let there = "" // those that the server has
let before = "" // those of the browser's copy, which the server may have got from the page before this one
let other = null // what waits on the server, for its writer to say what becomes of it
let thrown = null
let waiting = 0
let asking = null // the message on its way to the server
let leaving = false

function fields() {
  return [...form.elements].filter(one => one.matches("textarea, select, [type=text]:not([name=picture_shows]), [type=radio]") && one.tabIndex >= 0)
}

function words() {
  return Object.fromEntries(fields().map(one => [one.name, form.elements[one.name].value]))
}

function isEmpty() {
  return fields().every(one => one.matches("select, [type=radio]") || !one.value.trim())
}

function fill(said) {
  for (const name of new Set(fields().map(one => one.name))) if (name in said) form.elements[name].value = said[name]
}

// Nothing typed is lost, and no quotation that was asked for: it comes after the words from elsewhere.
function take(said) {
  if (here !== first || "asks" in form.dataset) join(said)
  else fill(said)
}

function join(said) {
  const typed = words()
  for (const one of fields()) {
    const start = said[one.name] ?? ""
    if (!start) continue
    const isNew = one.matches("textarea") && typed[one.name].trim() && !start.includes(typed[one.name].trim())
    typed[one.name] = isNew ? `${start.trimEnd()}\n\n${typed[one.name]}` : start
  }
  fill(typed)
}

function tell(text) {
  if (status.textContent !== text) status.textContent = text
}

function mayThrow(yes) {
  thrown = null
  throwButton.textContent = throwWord
  throwButton.hidden = !yes || !offer.hidden || "typed" in form.dataset || Boolean(document.querySelector("form[data-throws]"))
}

function copy() {
  write(keyOf(form.dataset.place), { words: JSON.parse(here), mark: form.elements.seen.value, at: Date.now(), clean: here === there })
}

function keepHere() {
  const now = JSON.stringify(words())
  if (now === here) return
  here = now
  copy()
  mayThrow(true)
  later()
}

function later() {
  clearTimeout(waiting)
  waiting = setTimeout(keepThere, PAUSE)
}

async function keepThere({ keepalive = false } = {}) {
  clearTimeout(waiting)
  if (leaving || other || here === there) return
  const sent = here
  asking = new AbortController()
  try {
    const answer = await fetch(form.action, { method: "POST", body: message(), headers: JSON_PLEASE, keepalive, signal: asking.signal })
    if (!answer.ok || answer.redirected) throw new Error(answer.status)
    hear(await answer.json(), sent)
  } catch {
    if (!leaving && read(keyOf(form.dataset.place))) tell(line.dataset.here) // offline, signed out, or refused: the next letter tries again
  }
}

function message() {
  const body = new FormData()
  for (const name of ["csrfmiddlewaretoken", "ticket", "seen"]) body.set(name, form.elements[name].value)
  for (const [name, value] of Object.entries(words())) body.set(name, value)
  body.set("keep", "1")
  return body
}

function hear(answer, sent) {
  if (answer.other && !propose(answer.other)) return keepThere()
  if (answer.mark === undefined) return tell(line.dataset.here)
  there = sent
  form.elements.seen.value = answer.mark
  if (answer.mark) copy()
  else {
    forget(key => key === keyOf(form.dataset.place))
    mayThrow(false)
  }
  tell(answer.said)
}

// --- what was begun elsewhere ----------------------------------------------------------------------------------------
// Not where they are this browser's own.
function propose(found) {
  if ([JSON.stringify(words()), before].includes(JSON.stringify({ ...words(), ...found.words }))) {
    form.elements.seen.value = found.mark
    return false
  }
  other = found
  offer.hidden = false
  throwButton.hidden = true
  offer.querySelector("p").textContent = found.began
  return true
}

function answered() {
  other = null
  offer.hidden = true
  form.querySelector("textarea").focus()
}

function goOn() {
  take(other.words)
  form.elements.seen.value = other.mark
  answered()
  keepHere()
}

async function throwOther() {
  if (!(await throwThere())) return
  answered()
  later()
}

async function throwThere() {
  const body = new FormData()
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  body.set("place", form.dataset.place)
  try {
    const answer = await fetch(line.dataset.throwUrl, { method: "POST", body, headers: JSON_PLEASE })
    return answer.ok && !answer.redirected
  } catch {
    return false
  }
}

async function ask() {
  try {
    const answer = await fetch(form.action, { headers: JSON_PLEASE })
    if (!answer.ok || answer.redirected) return
    const found = await answer.json()
    if (found.mark && found.mark !== form.elements.seen.value) propose(found)
  } catch {
    // Away for a moment: the server says it when something is to be kept there.
  }
}

async function throwAway() {
  if (thrown) return bringBack()
  const typed = words()
  clearTimeout(waiting)
  asking?.abort()
  forget(key => key === keyOf(form.dataset.place))
  if (form.elements.seen.value) await throwThere()
  form.elements.seen.value = ""
  form.reset()
  here = there = JSON.stringify(words())
  thrown = typed
  throwButton.textContent = line.dataset.back
  tell(line.dataset.thrown)
}

function bringBack() {
  fill(thrown)
  keepHere()
}

// --- at the beginning ------------------------------------------------------------------------------------------------
// Words that the server has got from another device since are newer than a copy of which it has had every letter.
function isNewest(mine) {
  const mark = form.elements.seen.value
  return Boolean(mine) && !(mine.clean && mark && mark !== mine.mark)
}

function bringInto(mine) {
  const found = { words: words(), mark: form.elements.seen.value, began: line.dataset.began }
  before = JSON.stringify({ ...words(), ...mine.words })
  take(mine.words)
  form.elements.seen.value = mine.mark
  here = JSON.stringify(words())
  there = mine.clean && here === JSON.stringify(mine.words) ? here : ""
  if (found.mark && found.mark !== mine.mark) propose(found)
  if (here === JSON.stringify(found.words)) return
  mayThrow(true)
  tell(line.dataset.restored)
}

function begin() {
  const mine = read(keyOf(form.dataset.place))
  first = here = there = JSON.stringify(words())
  fields()[0].closest(".field").before(offer)
  if ("typed" in form.dataset) there = ""
  else if (isNewest(mine)) bringInto(mine)
  if (here !== there && !isEmpty()) {
    copy()
    later()
  }
  if ("asks" in form.dataset) {
    if (here !== there) ask()
    else form.querySelector("textarea").addEventListener("focus", ask, { once: true })
  }
  form.addEventListener("input", keepHere)
  form.addEventListener("click", () => setTimeout(keepHere)) // the formatting bar
  form.addEventListener("submit", submit)
  throwButton.addEventListener("click", throwAway)
  offer.querySelector("[data-go-on]").addEventListener("click", goOn)
  offer.querySelector("[data-throw-other]").addEventListener("click", throwOther)
  addEventListener("pagehide", () => keepThere({ keepalive: true }))
  addEventListener("pageshow", () => { leaving = false })
  document.addEventListener("visibilitychange", () => document.hidden && keepThere({ keepalive: true }))
}

function submit(event) {
  keepHere()
  if (event.submitter?.name === "keep" && !other) {
    event.preventDefault()
    there = ""
    keepThere()
    return
  }
  leaving = true // what is sent now needs no keeping; where it is refused, it comes back
  clearTimeout(waiting)
  asking?.abort()
}

forget(key => !(Date.now() - (read(key)?.at ?? 0) < KEPT_FOR))
if (person) forgetSent()
for (const door of document.querySelectorAll("form[data-leaves]"))
  door.addEventListener("submit", () => forget(key => key.startsWith(keyOf(""))))
for (const bin of document.querySelectorAll("form[data-throws]"))
  bin.addEventListener("submit", () => {
    leaving = true
    forget(key => key === keyOf(bin.dataset.throws))
  })
if (person && form) begin()
