// Shows what needs passkeys where the browser knows them, and says in the page, not in the console, when one failed.
(function () {
  const failed = document.currentScript.dataset.failed
  if (!window.PublicKeyCredential || !navigator.credentials) return

  document.querySelectorAll('[data-needs-passkeys]').forEach(function (part) { part.hidden = false })
  document.querySelectorAll('[data-lacks-passkeys]').forEach(function (part) { part.hidden = true })

  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    let notice = document.getElementById('passkey-failed')
    if (!notice) {
      notice = document.createElement('p')
      notice.id = 'passkey-failed'
      notice.className = 'notice notice--bad'
      notice.setAttribute('role', 'alert')
      document.querySelector('main .page-head').after(notice)
    }
    notice.textContent = failed
    notice.tabIndex = -1
    notice.focus()
  })
})()
