// Chooses the browser's own time zone, once, where the page shows times and nobody has chosen yet.
const select = document.querySelector("select[data-own-zone]");
if (select) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const address = new URL(location.href);
  if (own && !address.searchParams.has("zone") && own !== select.value) {
    address.searchParams.set("zone", own);
    location.replace(address);
  }
  select.addEventListener("change", () => select.form.requestSubmit());
}
