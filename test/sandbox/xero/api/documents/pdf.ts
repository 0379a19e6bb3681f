import type { ApiAnswer, ApiCall } from '../route.ts';

/** A page with plain lines of text. */
export function answerPdf(lines: string[]): ApiAnswer {
  return {
    status: 200,
    body: toPdf(lines),
    contentType: 'application/pdf',
  };
}

export const pdfOrJson = /\bjson\b|application\/pdf/;

export function wantsPdf({ accept }: ApiCall): boolean {
  return /application\/pdf/.test(accept);
}

/** The smallest PDF file that a reader opens: catalogue, pages, one page, its content, a standard font. */
function toPdf(lines: string[]): Buffer {
  const content = `BT /F1 12 Tf 60 780 Td 18 TL ${lines.map((line) => `(${escapeText(line)}) Tj T*`).join(' ')} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = Buffer.byteLength(text, 'latin1');
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const end = Buffer.byteLength(text, 'latin1');
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`;
  text += `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${end}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** Letters that the font does not have become question marks. */
function escapeText(line: string): string {
  return line.replace(/[^\x20-\x7e\xa0-\xff]/g, '?').replace(/[\\()]/g, (sign) => `\\${sign}`);
}
