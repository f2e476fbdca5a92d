package dev.earmark.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * The pictures that a feed names of the show or of one of its items. Not thread-safe.
 *
 * <p>Read are {@code podcast:image} and {@code podcast:images}, {@code itunes:image}, {@code
 * media:thumbnail} and {@code media:content} (also within {@code media:group}), RSS's {@code image}
 * and Atom's {@code logo}; in this order, and of one that is offered in several sizes the smallest
 * that is no smaller than a thumbnail.
 *
 * @see <a href="https://github.com/Podcastindex-org/podcast-namespace">The podcast namespace</a>
 * @see <a href="https://www.rssboard.org/media-rss">Media RSS</a>
 */
final class FeedImages {
  /** More than anybody offers; what comes after them is not looked at. */
  private static final int MOST = 50;

  private static final Pattern CANDIDATE =
      Pattern.compile("(\\S+?)(?:\\s+(\\d{1,5})w)?\\s*(?:,\\s|,?$)");

  /**
   * A picture that is offered.
   *
   * @param rank of the element that names it; less is better
   * @param width in pixels; 0 if it does not say
   */
  private record Image(int rank, int width, String address) {}

  private final List<Image> images = new ArrayList<>();

  /** Looks at an element of an item or of the channel. */
  void add(Element element) {
    switch (element.tagName()) {
      case "podcast:image" -> add(0, element.attr("width"), element.attr("href"));
      case "podcast:images" -> {
        Matcher candidates = CANDIDATE.matcher(element.attr("srcset").strip());
        while (candidates.find()) {
          String width = candidates.group(2);
          add(0, width == null ? "" : width, candidates.group(1));
        }
      }
      case "itunes:image" -> {
        String address = element.attr("href");
        add(1, "", address.isBlank() ? element.attr("url") : address);
      }
      case "media:thumbnail" -> add(2, element.attr("width"), element.attr("url"));
      case "media:content" -> {
        element.children().forEach(this::add);
        boolean picture =
            element.attr("medium").equalsIgnoreCase("image")
                || element.attr("type").toLowerCase(Locale.ROOT).startsWith("image/");
        if (picture) {
          add(3, element.attr("width"), element.attr("url"));
        }
      }
      case "media:group" -> element.children().forEach(this::add);
      case "image" -> {
        Element address = element.selectFirst("> url");
        String stated = address == null ? element.attr("href") : address.text();
        add(4, "", stated.isBlank() ? element.ownText() : stated);
      }
      case "logo" -> add(4, "", element.text());
      default -> {
        // It names no picture.
      }
    }
  }

  private void add(int rank, String width, String address) {
    String clean = address.strip();
    if (!clean.isEmpty() && images.size() < MOST) {
      String digits = width.strip();
      images.add(new Image(rank, digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0, clean));
    }
  }

  /** Their addresses as the feed has them, the best first. */
  List<String> addresses() {
    return images.stream()
        .sorted(
            Comparator.comparingInt(Image::rank)
                .thenComparing(image -> image.width() < ThumbnailMaker.SIDE)
                .thenComparingInt(Image::width))
        .map(Image::address)
        .distinct()
        .toList();
  }
}
