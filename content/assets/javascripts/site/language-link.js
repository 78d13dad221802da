/* The link to this page in another language keeps what the address says after the page: a place, filters or a plan. */
for (const link of document.querySelectorAll(".top [hreflang]")) {
  link.addEventListener("click", () => { link.hash = location.hash })
}
