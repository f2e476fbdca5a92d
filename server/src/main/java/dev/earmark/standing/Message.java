package dev.earmark.standing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Something that was found and is to be sent.
 *
 * @param id the same however often it is sent: a receiver knows by it what it has already
 * @param search the {@code id} of the standing search
 * @param name its name
 * @param channel how it goes
 * @param keys of the moments it tells of
 * @param body as a webhook sends it
 * @param item as a feed has it
 */
record Message(
    String id,
    String search,
    String name,
    Channel channel,
    List<String> keys,
    JsonNode body,
    String item) {

  /** How something goes to who wants it. */
  enum Channel {
    FEED,
    WEBHOOK,
    MAIL
  }
}
