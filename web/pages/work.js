// Solves the small puzzle of a booking form before it is sent: a number so that SHA-256 of the
// challenge and the number begins with so many zero bits. It keeps machines from taking all times,
// and asks nothing of the person. The work is done in short slices, so that the page stays alive.
const K = new Uint32Array(64);
const START = new Uint32Array(8);

// The constants of FIPS 180-4: the first 32 bits of the fractions of roots of primes.
function prepare() {
  const fraction = (x) => Math.floor((x - Math.floor(x)) * 4294967296) >>> 0;
  let found = 0;
  for (let n = 2; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(n));
    K[found++] = fraction(Math.cbrt(n));
  }
}

const words = new Uint32Array(64);
const turn = (x, n) => (x >>> n) | (x << (32 - n));

// One compression of `state` with the 16 words at the front of `words`.
function compress(state) {
  for (let i = 16; i < 64; i++) {
    const a = words[i - 15], b = words[i - 2];
    words[i] = words[i - 16] + words[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

// The first 32 bits of SHA-256 of an ASCII text.
function firstBits(text) {
  const length = text.length;
  const state = START.slice();
  const blocks = ((length + 8) >> 6) + 1;
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < 16; i++) {
      let word = 0;
      for (let j = 0; j < 4; j++) {
        const at = block * 64 + i * 4 + j;
        const byte = at < length ? text.charCodeAt(at) : at === length ? 0x80 : 0;
        word = (word << 8) | byte;
      }
      words[i] = word;
    }
    if (block === blocks - 1) words[15] = length * 8;
    compress(state);
  }
  return state[0];
}

function solve(challenge, bits) {
  return new Promise((done) => {
    let number = 0;
    const slice = () => {
      const until = performance.now() + 12;
      while (performance.now() < until) {
        for (let i = 0; i < 64; i++, number++) {
          if (Math.clz32(firstBits(`${challenge}:${number}`)) >= bits) return done(number);
        }
      }
      setTimeout(slice);
    };
    slice();
  });
}

const form = document.querySelector("form[data-work]");
if (form) {
  prepare();
  // It starts while the person types, and is mostly done before the button is pressed.
  let answered = false;
  const answer = solve(form.elements.challenge.value, Number(form.dataset.work)).then((number) => {
    form.elements.answer.value = String(number);
    answered = true;
  });
  const button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", (event) => {
    if (answered) return;
    event.preventDefault();
    button.disabled = true;
    form.querySelector("[role=status]").textContent = form.dataset.busy;
    answer.then(() => {
      button.disabled = false;
      form.requestSubmit(button);
    });
  });
}
