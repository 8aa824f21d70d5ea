// Pictures on top of a plain form: by the bar's button, dropped or pasted into the text, where they stand at once.

const KINDS = ["image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"]

function say(place, words, bad = false) {
  place.textContent = ""
  place.append(Object.assign(document.createElement("span"), { className: bad ? "error" : "", textContent: words }))
}

function bar(place) {
  const progress = Object.assign(document.createElement("progress"), { max: 1 })
  progress.setAttribute("aria-hidden", "true") // the words beside it are read out
  place.append(" ", progress)
  return progress
}

function insert(field, markdown) {
  const before = field.value.slice(0, field.selectionStart)
  const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n"
  const at = field.selectionStart + lead.length
  field.setRangeText(`${lead}${markdown}\n\n`, field.selectionStart, field.selectionEnd, "end")
  field.focus()
  if (markdown.startsWith("![]")) field.setSelectionRange(at + 2, at + 2) // where its description belongs
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

function send(url, form, file, onProgress) {
  const body = new FormData()
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  body.append("picture", file)
  body.append("picture_shows", form.elements.picture_shows.value)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open("POST", url)
    request.responseType = "json"
    request.upload.onprogress = event => onProgress(event.loaded / event.total)
    request.onerror = () => reject(new Error())
    request.onload = () => request.status === 201 ? resolve(request.response.markdown) : reject(new Error(request.response?.error ?? ""))
    request.send(body)
  })
}

function watch(box) {
  const { url, most, tooBig, coming, wait, done, failed } = box.dataset
  const field = document.getElementById(box.dataset.for)
  const button = field.closest(".editor")?.querySelector("[data-picture]")
  const input = box.querySelector("input[type=file]")
  const place = box.querySelector("[role=status]")
  let under = 0

  async function take(file) {
    if (file.size > Number(most)) return say(place, tooBig, true)
    under += 1
    say(place, coming)
    const progress = bar(place)
    try {
      insert(field, await send(url, field.form, file, part => { progress.value = part }))
      field.form.elements.picture_shows.value = ""
      say(place, done)
    } catch (error) {
      say(place, error.message || failed, true)
    } finally {
      under -= 1
    }
  }

  async function takeAll(files) {
    for (const file of files) await take(file)
  }

  input.addEventListener("change", async () => {
    const chosen = [...input.files]
    input.value = "" // else the form would send it once more
    await takeAll(chosen)
  })
  field.addEventListener("paste", event => {
    const files = [...event.clipboardData.files].filter(file => KINDS.includes(file.type))
    if (!files.length || event.clipboardData.types.includes("text/plain")) return // a word processor gives both
    event.preventDefault()
    takeAll(files)
  })
  field.addEventListener("dragover", event => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault()
  })
  field.addEventListener("drop", event => {
    if (!event.dataTransfer.files.length) return
    event.preventDefault()
    takeAll([...event.dataTransfer.files])
  })
  field.form.addEventListener("submit", event => {
    if (!under) return
    event.preventDefault()
    say(place, wait, true)
  })
  if (!button) return
  box.querySelector("details").hidden = true
  input.multiple = true
  button.addEventListener("click", () => input.click())
}

document.querySelectorAll(".pictures").forEach(watch)
