// Reads QR codes from the camera. Loaded when somebody opens the camera; the decoder is `qr` (npm).
const LOOK_EVERY = 120; // milliseconds
const SAME_CODE_AFTER = 4000; // a badge stays before the camera for a while
const LONGEST_SIDE = 640; // pixels that are decoded: enough for a badge at arm's length
let stream;

export async function toggle(scanner, found) {
  const video = scanner.querySelector("video");
  if (stream) return close(scanner, video);
  const words = scanner.querySelector("[data-scanner-words]");
  const button = scanner.querySelector("[data-scanner-toggle]");
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    words.textContent = button.dataset.refused;
    return;
  }
  words.textContent = button.dataset.ready;
  button.querySelector("span").textContent = button.dataset.off;
  scanner.classList.add("on");
  video.hidden = false;
  video.srcObject = stream;
  await video.play();
  const { decodeQR } = await import(scanner.dataset.decoder);
  watch(video, decodeQR, found);
}

function close(scanner, video) {
  const button = scanner.querySelector("[data-scanner-toggle]");
  for (const track of stream.getTracks()) track.stop();
  stream = undefined;
  video.srcObject = null;
  video.hidden = true;
  scanner.classList.remove("on");
  button.querySelector("span").textContent = button.dataset.on;
}

function watch(video, decodeQR, found) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let last = { code: "", at: 0 };
  const ours = stream;

  function look() {
    if (stream !== ours) return;
    const code = read(video, canvas, context, decodeQR);
    const now = performance.now();
    if (code && (code !== last.code || now - last.at > SAME_CODE_AFTER)) found(code);
    if (code) last = { code, at: now };
    setTimeout(look, LOOK_EVERY);
  }
  look();
}

function read(video, canvas, context, decodeQR) {
  const { videoWidth, videoHeight } = video;
  if (!videoWidth) return "";
  const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight));
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return ""; // no code in this picture
  }
}
