package dev.earmark.search.lucene;

import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * The position in a list of hits at which the next page starts.
 *
 * <p>It names the snapshot, so nothing is listed twice or missed while the index changes, and the
 * last hit, so page 1,000 costs what page 2 does. A checksum ties it to its search.
 *
 * @param snapshot the snapshot of the index
 * @param offset how many hits, or episodes, were listed before
 * @param document the last hit; 0 if episodes are listed
 * @param score the score of the last hit
 * @param value the sort value of the last hit, if there is one
 */
record Cursor(long snapshot, int offset, int document, float score, long value) {
  private static final int BYTES = 2 * Long.BYTES + 4 * Integer.BYTES;

  String encode(SearchRequest request) {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(snapshot)
            .putInt(offset)
            .putInt(document)
            .putFloat(score)
            .putLong(value)
            .putInt(checksum(request))
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads the cursor of a request.
   *
   * @throws BadRequestException if it was not made for that request
   */
  static Cursor decode(String text, SearchRequest request) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == BYTES) {
        Cursor cursor =
            new Cursor(
                bytes.getLong(), bytes.getInt(), bytes.getInt(), bytes.getFloat(), bytes.getLong());
        if (cursor.offset >= 0 && bytes.getInt() == cursor.checksum(request)) {
          return cursor;
        }
      }
    } catch (IllegalArgumentException notBase64) {
      // Told below, with everything else that is no cursor.
    }
    throw BadRequestException.cursor(text);
  }

  private int checksum(SearchRequest request) {
    CRC32 crc = new CRC32();
    crc.update((this + " " + request.identity()).getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
