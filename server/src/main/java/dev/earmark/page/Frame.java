package dev.earmark.page;

import dev.earmark.search.RequestBudget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around its content.
 *
 * @param title of the window and of a bookmark
 * @param description what the page shows, in a line
 * @param canonical the one address of what it shows; null if it has none
 * @param look names the layout for the style sheet
 * @param query what stands in the search box
 * @param status what a screen reader is told when it changes; may be empty
 * @param share the address to share what it shows, with its moment; null if it has none
 * @param alternates the same in other forms, for programs
 * @param linkedData what it shows as JSON-LD, without any {@code <}; null if there is none
 * @param image the address of a picture of what it shows, for who shares it; null if there is none
 * @param reading how far the index is, in a line; null while nothing is read
 * @param indexable whether a search engine should keep the page
 * @param scripts the modules it loads beside that of the frame
 * @param assets the files it loads
 */
public record Frame(
    String title,
    String description,
    @Nullable String canonical,
    String look,
    String query,
    String status,
    boolean indexable,
    List<String> scripts,
    @Nullable String share,
    List<Alternate> alternates,
    @Nullable String linkedData,
    @Nullable String image,
    @Nullable String reading,
    Assets assets) {

  private static final String FEED = "application/rss+xml";

  /** The address of what a page shows, in another form. */
  public record Alternate(String mediaType, String address) {}

  Frame(
      String title,
      String description,
      @Nullable String canonical,
      String look,
      String query,
      String status,
      boolean indexable,
      List<String> scripts) {
    this(
        title,
        description,
        canonical,
        look,
        query,
        status,
        indexable,
        scripts,
        canonical,
        List.of(),
        null,
        null,
        null,
        Assets.packed());
  }

  /** This, with a feed of what it shows. */
  Frame withFeed(String address) {
    return withAlternate(FEED, address);
  }

  /** This, with another form of what it shows. */
  Frame withAlternate(String mediaType, String address) {
    List<Alternate> all = new ArrayList<>(alternates);
    all.add(new Alternate(mediaType, address));
    return new Frame(
        title,
        description,
        canonical,
        look,
        query,
        status,
        indexable,
        scripts,
        share,
        List.copyOf(all),
        linkedData,
        image,
        reading,
        assets);
  }

  /** This, with what it shows as JSON-LD, and the address to share it by. */
  Frame withLinkedData(String data, String shared) {
    return new Frame(
        title,
        description,
        canonical,
        look,
        query,
        status,
        indexable,
        scripts,
        shared,
        alternates,
        data,
        image,
        reading,
        assets);
  }

  /** This, with a picture of what it shows. */
  Frame withImage(@Nullable String address) {
    return new Frame(
        title,
        description,
        canonical,
        look,
        query,
        status,
        indexable,
        scripts,
        share,
        alternates,
        linkedData,
        address,
        reading,
        assets);
  }

  /** This, saying how far the index is. */
  Frame withReading(String state) {
    return new Frame(
        title,
        description,
        canonical,
        look,
        query,
        status,
        indexable,
        scripts,
        share,
        alternates,
        linkedData,
        image,
        state,
        assets);
  }

  /** This, with files from elsewhere. */
  Frame withAssets(Assets others) {
    return new Frame(
        title,
        description,
        canonical,
        look,
        query,
        status,
        indexable,
        scripts,
        share,
        alternates,
        linkedData,
        image,
        reading,
        others);
  }

  /**
   * What is said of a page that lacks something for want of time; null if it lacks nothing. Results
   * of a search say so themselves, beside the query.
   */
  public @Nullable String cut() {
    RequestBudget budget = RequestBudget.current();
    return budget == null || !budget.wasCut() || look.equals("search") ? null : budget.message();
  }

  /** The address of a feed of what it shows; null if there is none. */
  public @Nullable String feed() {
    return alternates.stream()
        .filter(alternate -> alternate.mediaType().equals(FEED))
        .map(Alternate::address)
        .findFirst()
        .orElse(null);
  }

  /** The address of a file that the page loads. */
  public String asset(String name) {
    return assets.address(name);
  }
}
