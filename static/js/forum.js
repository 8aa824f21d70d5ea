// The board on top of plain forms: a formatting bar, and reactions without a new page.

function around(field, sign) {
  const { selectionStart: start, selectionEnd: end, value } = field
  field.setRangeText(sign + value.slice(start, end) + sign, start, end, "end")
  if (start === end) field.selectionEnd -= sign.length
}

function before(field, sign) {
  const { selectionStart: start, selectionEnd: end, value } = field
  const first = value.lastIndexOf("\n", start - 1) + 1
  field.setRangeText(value.slice(first, end).replace(/^/gm, sign), first, end, "end")
}

function link(field) {
  const { selectionStart: start, selectionEnd: end, value } = field
  const words = value.slice(start, end)
  field.setRangeText(`[${words}](https://)`, start, end, "end")
  if (words) field.selectionEnd -= 1
  else field.setSelectionRange(start + 1, start + 1)
}

for (const bar of document.querySelectorAll(".editor__bar")) {
  const field = document.getElementById(bar.dataset.for)
  bar.hidden = false
  bar.addEventListener("click", event => {
    const button = event.target.closest("button")
    if (!button) return
    if (button.dataset.around) around(field, button.dataset.around)
    else if (button.dataset.before) before(field, button.dataset.before)
    else if ("link" in button.dataset) link(field)
    else return
    field.focus()
  })
}

function show(form, likes) {
  for (const button of form.querySelectorAll("button[name=reaction]")) {
    const kind = button.value.replace("-", "")
    button.value = (likes[kind].mine ? "-" : "") + kind
    button.setAttribute("aria-pressed", likes[kind].mine)
    button.querySelector(".num").textContent = likes[kind].count
  }
}

for (const form of document.querySelectorAll(".post__likes")) {
  form.addEventListener("submit", async event => {
    if (!event.submitter) return
    event.preventDefault()
    const asked = new FormData(form)
    asked.set("reaction", event.submitter.value)
    try {
      const answer = await fetch(form.action, { method: "POST", body: asked, headers: { Accept: "application/json" } })
      if (!answer.ok) throw new Error(answer.status)
      show(form, await answer.json())
    } catch {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "reaction", value: event.submitter.value }))
      form.submit()
    }
  })
}
