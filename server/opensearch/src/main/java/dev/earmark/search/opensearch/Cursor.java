package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The position in a list of hits at which the next page starts: the snapshot, the number of hits or
 * episodes before, and the sort values of the last one if the cluster sorts. Any server of the
 * cluster can continue from it.
 *
 * @param state the cluster's name of the snapshot
 * @param offset how many came before
 * @param after the sort values of the last hit; null while Earmark's own ranking lasts
 */
record Cursor(String state, int offset, @Nullable ArrayNode after) {

  String encode(SearchRequest request) {
    ObjectNode json = Json.object("s", state, "o", offset, "c", checksum(request));
    if (after != null) {
      json.set("a", after);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the cursor of a request.
   *
   * @throws BadRequestException if it was not made for that request
   */
  static Cursor decode(String text, SearchRequest request) {
    try {
      JsonNode json =
          Json.read(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
      Cursor cursor =
          new Cursor(
              json.path("s").asText(),
              json.path("o").asInt(-1),
              json.path("a") instanceof ArrayNode after ? after : null);
      if (cursor.offset >= 0 && json.path("c").asLong(-1) == cursor.checksum(request)) {
        return cursor;
      }
    } catch (IllegalArgumentException notOurs) {
      // Told below, with everything else that is no cursor.
    }
    throw BadRequestException.cursor(text);
  }

  private long checksum(SearchRequest request) {
    CRC32 crc = new CRC32();
    String all = state + ' ' + offset + ' ' + after + ' ' + request.identity();
    crc.update(all.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
