// Sets the colours before the page is drawn: those that were chosen here, or those of the system.
const chosen = localStorage.getItem('theme');
const dark = chosen === null ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
document.documentElement.dataset.theme = dark ? 'dark' : 'light';
