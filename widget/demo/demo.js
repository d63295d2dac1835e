/** Shows the one line with the address of these Functions, whole, and copies it. */
const line = document.getElementById('line');
const copy = document.getElementById('copy');
const done = document.getElementById('done');

line.textContent = `<script async src="${new URL('/chat.js', location.href).href}"></script>`;

copy.addEventListener('click', async () => {
  done.textContent = '';
  getSelection().selectAllChildren(line);
  try {
    await navigator.clipboard.writeText(line.textContent);
    done.textContent = 'Copied';
  } catch {
    // Only secure pages have it. What is selected can be copied by hand.
    done.textContent = 'Selected: copy it with your keyboard';
  }
});
