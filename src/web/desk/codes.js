// Draws QR codes and reads them from pictures, for packets that are carried by hand. The desk loads this script when it
// first needs it.
import encode from "qr";
import decode from "qr/decode.js";

// The longest side, in pixels, to which a picture is scaled before it is searched for a code.
const SIZES = [2400, 1200, 600];

async function at(picture, size) {
  const scale = Math.min(1, size / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return decode(context.getImageData(0, 0, width, height), { effort: 3, timeLimit: 2000 });
}

globalThis.batonCodes = {
  // Returns the code's width in modules, including the quiet zone, and its dark modules as the data of a path.
  draw(text) {
    const rows = encode(text, "raw", { ecc: "low", encoding: "byte", border: 4 });
    let path = "";
    rows.forEach((row, y) => {
      for (let x = 0; x < row.length; x++) {
        const from = x;
        while (row[x]) x++;
        if (x > from) path += `M${from} ${y}h${x - from}v1H${from}z`;
      }
    });
    return [rows.length, path];
  },
  // Returns the text of the code in a picture, or null when there is none.
  async read(file) {
    let picture;
    try {
      picture = await createImageBitmap(file);
      for (const size of SIZES) {
        try {
          return await at(picture, size);
        } catch {
          // The code may be readable at another size.
        }
      }
    } catch {
      // The file is not a picture that this browser can show.
    } finally {
      picture?.close();
    }
    return null;
  },
};
