package dev.earmark.corpus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What the segments before the pixels of a JPEG say of how they are meant.
 *
 * @param progressive whether its pixels come in several passes, so that all are in memory at once
 * @param inks whether they are amounts of four inks rather than of light
 * @param luminance whether of four inks the first three are luminance and chrominance
 * @param orientation how it is to be turned: 1 for not at all, up to 8 as Exif counts
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex B</a>
 */
record JpegHead(boolean progressive, boolean inks, boolean luminance, int orientation) {
  static final JpegHead PLAIN = new JpegHead(false, false, false, 1);

  private static final int EXIF = 0xE1;
  private static final int ADOBE = 0xEE;
  private static final int SCAN = 0xDA;
  private static final int ORIENTATION = 0x0112;
  private static final int MOST_ENTRIES = 200;

  static JpegHead of(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    boolean progressive = false;
    boolean inks = false;
    boolean luminance = false;
    int orientation = 1;
    int at = 2;
    while (at + 4 <= bytes.length && (bytes[at] & 0xFF) == 0xFF) {
      int marker = bytes[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++;
        continue;
      }
      int length = file.getShort(at + 2) & 0xFFFF;
      int end = at + 2 + length;
      if (marker == SCAN || length < 2 || end > bytes.length) {
        break;
      }
      boolean frame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (frame && length >= 8) {
        progressive = (marker & 3) == 2;
        inks = bytes[at + 9] == 4;
      } else if (marker == ADOBE && length >= 14) {
        luminance = bytes[at + 15] == 2;
      } else if (marker == EXIF && length > 16 && text(bytes, at + 4, 4).equals("Exif")) {
        orientation = orientation(ByteBuffer.wrap(bytes, at + 10, length - 8).slice());
      }
      at = end;
    }
    return new JpegHead(progressive, inks, luminance, orientation);
  }

  private static String text(byte[] bytes, int at, int length) {
    return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
  }

  /** The orientation that the first directory of a TIFF structure gives (TIFF 6.0, section 2). */
  private static int orientation(ByteBuffer tiff) {
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 8 || directory > tiff.limit() - 2) {
      return 1;
    }
    int entries = Math.min(MOST_ENTRIES, tiff.getShort(directory) & 0xFFFF);
    for (int i = 0; i < entries && directory + 14 + 12 * i <= tiff.limit(); i++) {
      int entry = directory + 2 + 12 * i;
      if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }
}
