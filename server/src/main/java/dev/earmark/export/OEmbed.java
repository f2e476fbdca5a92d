package dev.earmark.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * An episode as oEmbed describes it to sites that show it: a {@code rich} resource.
 *
 * @param authorName the show; null if it is of none
 * @param thumbnail the address of a picture; null if there is none, as then of its size
 * @param html what to put into a page, of the width and height
 * @see <a href="https://oembed.com/">oEmbed 1.0</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type", "version"})
public record OEmbed(
    String title,
    @JsonProperty("author_name") @Nullable String authorName,
    @JsonProperty("author_url") @Nullable String authorUrl,
    @JsonProperty("provider_url") String providerUrl,
    @JsonProperty("thumbnail_url") @Nullable String thumbnail,
    @JsonProperty("thumbnail_width") @Nullable Integer thumbnailWidth,
    @JsonProperty("thumbnail_height") @Nullable Integer thumbnailHeight,
    String html,
    int width,
    int height) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @JsonProperty
  String type() {
    return "rich";
  }

  @JsonProperty
  String version() {
    return "1.0";
  }

  @JsonProperty("provider_name")
  String providerName() {
    return "Earmark";
  }

  /** As JSON. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  /** As XML: an element for each field. */
  public String xml() {
    XmlDocument document = new XmlDocument();
    document.open("oembed");
    for (var field : JSON.<ObjectNode>valueToTree(this).properties()) {
      document.element(field.getKey(), field.getValue().asText());
    }
    return document.close().toString();
  }
}
