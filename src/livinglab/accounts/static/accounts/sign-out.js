/* Who signs out leaves nothing behind on a shared computer: drafts of forms that were not sent yet are deleted, after
   asking, since they are stored nowhere else. */
{
  const PREFIX = "livinglab-draft:";
  const { question } = document.currentScript.dataset;
  const drafts = () => { try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; } };
  document.querySelector("form[action$='/logout/']")?.addEventListener("submit", (event) => {
    const left = drafts();
    if (left.length && !confirm(question)) event.preventDefault();
    else for (const key of left) localStorage.removeItem(key);
  });
}
