// Says on the page what allauth's passkey script would only write to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelector(".account .notice.bad[role=alert]")?.remove();
  const problem = document.getElementById("passkey-problem").content.firstElementChild.cloneNode(true);
  document.querySelector(".account h1").after(problem);
  problem.focus();
});
