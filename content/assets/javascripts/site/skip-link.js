/* The link that skips to the content. It leaves the address as it is, because the address may contain the finder's
   filters or a list that someone mailed. */
document.querySelector(".skip").addEventListener("click", event => {
  event.preventDefault()
  document.getElementById("__content").focus()
})
