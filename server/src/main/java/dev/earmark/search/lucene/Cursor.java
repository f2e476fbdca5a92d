package dev.earmark.search.lucene;

import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where to go on in a list of hits.
 *
 * <p>Names the state of the index the list was made from, so that nothing is listed twice or missed
 * while the index changes, and the last hit that was listed, so that the thousandth page costs what
 * the second does; and carries a check sum of the search it belongs to.
 *
 * @param snapshot the state of the index
 * @param offset how many hits, or episodes, came before
 * @param document the last of them; 0 if episodes are listed
 * @param score its score
 * @param value what it is sorted by before its score, if anything
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
