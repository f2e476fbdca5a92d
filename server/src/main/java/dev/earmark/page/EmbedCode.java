package dev.earmark.page;

import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.TimeSpan;
import gg.jte.html.escape.Escape;
import gg.jte.output.StringOutput;
import org.jspecify.annotations.Nullable;

/**
 * The HTML by which a page of another site shows an episode.
 *
 * @param width in pixels
 * @param height in pixels
 * @param html an {@code iframe}
 */
public record EmbedCode(int width, int height, String html) {
  /** Wide enough for lines of a transcript that read well. */
  private static final int WIDTH = 640;

  private static final int HEIGHT = 400;

  /** With a picture above the transcript. */
  private static final int HEIGHT_OF_VIDEO = 560;

  /**
   * The code for an episode at an instant or a clip, no larger than is allowed.
   *
   * @param base what an address of ours begins with, such as {@code https://example.org}
   */
  static EmbedCode of(
      Episode episode, @Nullable TimeSpan at, String base, int maxWidth, int maxHeight) {
    Player player = Player.of(episode, null);
    boolean seen = player != null && !player.type().equals("audio");
    int width = Math.min(WIDTH, maxWidth);
    int height = Math.min(seen ? HEIGHT_OF_VIDEO : HEIGHT, maxHeight);
    StringOutput html = new StringOutput();
    html.writeContent("<iframe src=\"");
    Escape.htmlAttribute(base + DeepLink.embed(episode.id(), at), html);
    html.writeContent("\" width=\"" + width + "\" height=\"" + height + "\" title=\"");
    Escape.htmlAttribute(episode.title(), html);
    html.writeContent(
        "\" allow=\"autoplay; encrypted-media; fullscreen; picture-in-picture\""
            + " loading=\"lazy\" style=\"border:0;max-width:100%\"></iframe>");
    return new EmbedCode(width, height, html.toString());
  }
}
