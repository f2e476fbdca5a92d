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
 * while the index changes, and carries a check sum of the search it belongs to.
 *
 * @param snapshot the state of the index
 * @param offset how many hits came before
 */
record Cursor(long snapshot, int offset) {
  private static final int BYTES = Long.BYTES + Integer.BYTES + Integer.BYTES;

  String encode(SearchRequest request) {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(snapshot)
            .putInt(offset)
            .putInt(checksum(snapshot, offset, request))
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
        Cursor cursor = new Cursor(bytes.getLong(), bytes.getInt());
        if (cursor.offset >= 0
            && bytes.getInt() == checksum(cursor.snapshot, cursor.offset, request)) {
          return cursor;
        }
      }
    } catch (IllegalArgumentException notBase64) {
      // Told below, with everything else that is no cursor.
    }
    String shown = text.length() <= 40 ? text : text.substring(0, 37) + "…";
    throw new BadRequestException(
        "cursor",
        "\""
            + shown
            + "\" is not a cursor of this search; leave cursor out to begin with the first page");
  }

  private static int checksum(long snapshot, int offset, SearchRequest request) {
    CRC32 crc = new CRC32();
    crc.update(
        (snapshot + " " + offset + " " + request.identity()).getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
