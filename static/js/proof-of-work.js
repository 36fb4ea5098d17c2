// Solves the puzzle of a form while somebody fills it in, in slices short enough not to be felt. Each part asks for
// a number that makes SHA-256 of the seed, the part and the number begin with so many zero bits. The hash is our own
// because the browser's is there over https alone, and slow for small texts.
const K = new Uint32Array(64);
const START = new Uint32Array(8);
for (let prime = 2, found = 0; found < 64; prime++) {
  let divisor = 2;
  while (divisor * divisor <= prime && prime % divisor) divisor++;
  if (divisor * divisor <= prime) continue;
  const root = (power) => (prime ** power % 1) * 2 ** 32;
  if (found < 8) START[found] = root(1 / 2);
  K[found++] = root(1 / 3);
}

const words = new Uint32Array(64);
const turn = (word, by) => (word >>> by) | (word << (32 - by));

// Takes the block in the first sixteen words into the state.
function compress(state) {
  for (let i = 16; i < 64; i++) {
    const [far, near] = [words[i - 15], words[i - 2]];
    const low = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
    words[i] = words[i - 16] + low + words[i - 7] + (turn(near, 17) ^ turn(near, 19) ^ (near >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] += word));
  return state;
}

function hash(text) {
  const bytes = new TextEncoder().encode(text);
  const padded = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  bytes.forEach((byte, i) => padded.setUint8(i, byte));
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 4, bytes.length * 8);
  const state = START.slice();
  for (let block = 0; block < padded.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) words[i] = padded.getUint32(block + 4 * i);
    compress(state);
  }
  return state;
}

const state = new Uint32Array(8);
// Whether the number fits: seed, part and number are ten words, and so one block.
function fits(seed, part, number, bits) {
  words.set(seed);
  words[8] = part;
  words[9] = number;
  words[10] = 0x80000000;
  words.fill(0, 11, 15);
  words[15] = 320;
  state.set(START);
  return compress(state)[0] >>> (32 - bits) === 0;
}

customElements.define(
  "proof-of-work",
  class extends HTMLElement {
    connectedCallback() {
      const form = this.closest("form");
      const [status, without] = [this.querySelector("[role=status]"), this.querySelector(".without-script")];
      without.hidden = true;
      status.textContent = this.dataset.busy;
      const { puzzle, work } = form.elements;
      const done = Promise.resolve(work.value || this.solve(puzzle.value)).then((solved) => {
        work.value = solved;
        status.textContent = this.dataset.done;
      });
      // Whoever is quicker waits for the rest of it.
      const wait = (event) => {
        if (work.value) return;
        event.preventDefault();
        done.then(() => form.requestSubmit(event.submitter));
      };
      form.addEventListener("submit", wait);
    }

    async solve(puzzle) {
      const seed = hash(puzzle);
      const [parts, bits, work] = [Number(this.dataset.parts), Number(this.dataset.bits), []];
      let rest = performance.now() + 12;
      for (let part = 0; part < parts; part++) {
        let number = 0;
        while (!fits(seed, part, number, bits)) {
          if (++number % 256 || performance.now() < rest) continue;
          await new Promise((resolve) => setTimeout(resolve));
          rest = performance.now() + 12;
        }
        work.push(number);
      }
      return work.join(".");
    }
  },
);
