package dev.earmark.export;

import dev.earmark.search.SearchRequest.Sort;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A form in which a whole search can be written.
 *
 * <p>To add one: write a {@link SearchWriter}, name it here, and add a test with a reader of
 * somebody else's.
 */
public enum SearchForm {
  /** A table: see {@link TableForm#CSV}. */
  CSV(TableForm.CSV.mediaType(), Sort.RELEVANCE, asked -> table(TableForm.CSV, asked)),
  /** A table: see {@link TableForm#JSONL}. */
  JSONL(TableForm.JSONL.mediaType(), Sort.RELEVANCE, asked -> table(TableForm.JSONL, asked)),
  /** A feed, newest episodes first: RSS 2.0. */
  RSS("application/rss+xml; charset=utf-8", Sort.NEWEST, Feeds.Rss::new),
  /** A feed, newest episodes first: Atom. */
  ATOM("application/atom+xml; charset=utf-8", Sort.NEWEST, Feeds.Atom::new),
  /** A feed, newest episodes first: JSON Feed 1.1. */
  JSON("application/feed+json; charset=utf-8", Sort.NEWEST, Feeds.Json::new),
  /** Captions, in the order of the recording: WebVTT, which allows no other. */
  VTT("text/vtt; charset=utf-8", Sort.TIME, HitCaptions::webVtt),
  /** Captions, in the order of the recording: SubRip. */
  SRT("application/x-subrip; charset=utf-8", Sort.TIME, HitCaptions::subRip),
  /** A playlist: M3U. */
  M3U("audio/x-mpegurl; charset=utf-8", Sort.RELEVANCE, Playlists.M3u::of),
  /** A playlist: M3U whose stretches mpv plays. */
  MPV_M3U("audio/x-mpegurl; charset=utf-8", Sort.RELEVANCE, Playlists.M3u::forMpv),
  /** A playlist: XSPF. */
  XSPF("application/xspf+xml; charset=utf-8", Sort.RELEVANCE, Playlists.Xspf::new),
  /** A note in Markdown: see {@link VaultNote}. */
  MD(
      "text/markdown; charset=utf-8",
      Sort.RELEVANCE,
      asked -> VaultNote.ofSearch(asked, episode -> Vault.fileName(episode.title()))),
  /** W3C Web Annotations, in the order of the recording. */
  JSONLD(
      "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"",
      Sort.TIME,
      WebAnnotations::new),
  /** Citations: BibTeX. */
  BIB("application/x-bibtex; charset=utf-8", Sort.RELEVANCE, Citations.BibTex::new),
  /** Citations: RIS. */
  RIS("application/x-research-info-systems; charset=utf-8", Sort.RELEVANCE, Citations.Ris::new),
  /** Citations: CSL-JSON. */
  CSL("application/vnd.citationstyles.csl+json; charset=utf-8", Sort.RELEVANCE, Citations.Csl::new);

  private final String mediaType;
  private final Sort usualSort;

  @SuppressWarnings("ImmutableEnumChecker") // constructors and the like, all of them
  private final Function<Asked, SearchWriter> writer;

  SearchForm(String mediaType, Sort usualSort, Function<Asked, SearchWriter> writer) {
    this.mediaType = mediaType;
    this.usualSort = usualSort;
    this.writer = writer;
  }

  /** The name at the end of an address. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '.');
  }

  public String mediaType() {
    return mediaType;
  }

  /** The order hits come in if nothing is said. */
  public Sort usualSort() {
    return usualSort;
  }

  /** Whether this is a feed, which is shown rather than saved as a file. */
  public boolean isFeed() {
    return this == RSS || this == ATOM || this == JSON;
  }

  public SearchWriter writer(Asked asked) {
    return writer.apply(asked);
  }

  /** The form of this name. */
  public static Optional<SearchForm> of(String id) {
    return Arrays.stream(values()).filter(form -> form.id().equals(id)).findFirst();
  }

  /** The names of all forms, as a message lists them. */
  public static String names() {
    return Arrays.stream(values()).map(form -> "." + form.id()).collect(Collectors.joining(", "));
  }

  private static SearchWriter table(TableForm form, Asked asked) {
    return form.writer(
        HitTable.COLUMNS, hit -> form.row(HitTable.COLUMNS, HitTable.cells(hit, asked.base())));
  }
}
