package dev.earmark.page;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.search.Hit.Range;
import dev.earmark.text.Stemmer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lays the documents of an episode out.
 *
 * <p>What was spoken comes first, by time and speaker, with the chapters as headings, wherever they
 * were found; then the other documents that know times; then the rest. Each of those keeps the
 * order of its source, with a heading where the section changes. A list of chapters that has become
 * the headings of a transcript and says nothing more is not shown again.
 */
final class DocumentLayout {
  private static final int COLOURS = 6;
  private static final int FIRST_LEVEL = 3;
  private static final int LAST_LEVEL = 5;

  /**
   * So many moments of one speaker at most stand in one turn: a browser lays out only the turns in
   * sight, and one that never ends would be all of a long transcript.
   */
  private static final int LONGEST_TURN = 16;

  /** Side by side, turns are cut more often, so that the two stay together. */
  private static final int LONGEST_TURN_BESIDE = 1;

  /** Captions of two languages that begin so near each other belong together. */
  private static final long NEAR_MS = 500;

  private final Map<String, List<Range>> marked;
  private final Map<String, Integer> colours = new LinkedHashMap<>();
  private final List<Source> sources = new ArrayList<>();
  private final List<StoredMoment> chapters;
  private final @Nullable StoredMoment current;
  private final Margin margin;
  private final int longestTurn;

  /** The name of the translation that somebody wants beside the first document; else null. */
  private final @Nullable String beside;

  /** A document and its moments. */
  private record Source(EpisodeEntry.Source entry, List<StoredMoment> moments) {
    boolean isSpoken() {
      return moments.stream().anyMatch(stored -> Labels.isSaid(stored.moment()));
    }

    boolean isPlaced() {
      return moments.stream().anyMatch(DocumentLayout::isPlaced);
    }

    /** Whether it says itself when the stretches of the recording are. */
    boolean isTimed() {
      return moments.stream()
          .anyMatch(
              stored -> isSegment(stored) && stored.moment().anchor() instanceof Anchor.Exact);
    }

    /** Where it stands on the page: what was spoken first, then what knows most about when. */
    int rank() {
      if (isSpoken()) {
        return 0;
      }
      return isTimed() ? 1 : isPlaced() && !isBareChapters() ? 2 : 3;
    }

    boolean hasChapters() {
      return moments.stream().anyMatch(DocumentLayout::isPlacedChapter);
    }

    /** Whether it says no more than where chapters start. */
    boolean isBareChapters() {
      return moments.stream()
          .allMatch(stored -> isPlacedChapter(stored) && stored.moment().body().isEmpty());
    }
  }

  DocumentLayout(
      EpisodeEntry entry,
      List<StoredMoment> moments,
      Map<String, List<Range>> marked,
      @Nullable TimeSpan at,
      @Nullable String beside) {
    this.marked = marked;
    this.beside = beside;
    Map<String, List<StoredMoment>> bySource = new LinkedHashMap<>();
    for (StoredMoment moment : moments) {
      bySource.computeIfAbsent(moment.source(), name -> new ArrayList<>()).add(moment);
      String speaker = moment.moment().speaker();
      if (speaker != null) {
        colours.putIfAbsent(speaker, colours.size() % COLOURS + 1);
      }
    }
    for (EpisodeEntry.Source source : entry.sources()) {
      List<StoredMoment> its = bySource.get(source.name());
      if (its != null) {
        sources.add(new Source(source, its));
      }
    }
    String language = entry.episode().language();
    sources.sort(
        Comparator.comparingInt(Source::rank)
            .thenComparing(source -> !source.entry().language().equals(language)));
    chapters = chapters();
    current = at == null ? null : momentAt(at.startMs());
    margin = margin();
    longestTurn = translation() == null ? LONGEST_TURN : LONGEST_TURN_BESIDE;
  }

  /** What stands beside the first document: all else that is placed and was not spoken. */
  private Margin margin() {
    List<StoredMoment> main = List.of();
    List<StoredMoment> others = new ArrayList<>();
    for (Source source : sources) {
      if (source.equals(sources.getFirst())) {
        main = source.moments().stream().filter(DocumentLayout::isSegment).toList();
        others.addAll(source.moments());
      } else if (!source.isSpoken()) {
        others.addAll(source.moments());
      }
    }
    others.removeAll(new HashSet<>(main));
    return new Margin(main, main.isEmpty() ? List.of() : others);
  }

  private static boolean isSegment(StoredMoment stored) {
    return stored.moment().kind() == Kind.SEGMENT;
  }

  private static boolean isPlaced(StoredMoment stored) {
    return stored.moment().anchor().span().isPresent();
  }

  private static boolean isPlacedChapter(StoredMoment stored) {
    return stored.moment().kind() == Kind.CHAPTER && isPlaced(stored);
  }

  private static TimeSpan span(StoredMoment stored) {
    return stored.moment().anchor().span().orElseThrow();
  }

  private static List<StoredMoment> byTime(List<StoredMoment> moments) {
    return moments.stream()
        .sorted(
            Comparator.comparingLong((StoredMoment stored) ->
                stored.moment().anchor().span().map(TimeSpan::startMs).orElse(Long.MAX_VALUE)))
        .toList();
  }

  /** The chapters of the document that has most of them. */
  private List<StoredMoment> chapters() {
    List<StoredMoment> most = List.of();
    for (Source source : sources) {
      List<StoredMoment> its =
          source.moments().stream().filter(DocumentLayout::isPlacedChapter).toList();
      if (its.size() > most.size()) {
        most = its;
      }
    }
    return byTime(most);
  }

  /**
   * The parts of the recording: its chapters or, if it has none, the stretches with a title that
   * some document cuts it into.
   */
  List<StoredMoment> parts() {
    if (!chapters.isEmpty()) {
      return chapters;
    }
    for (Source source : sources) {
      List<StoredMoment> stretches =
          source.moments().stream()
              .filter(stored ->
                  stored.moment().kind() == Kind.SEGMENT
                      && stored.moment().title() != null
                      && isPlaced(stored))
              .toList();
      if (!stretches.isEmpty()) {
        return byTime(stretches);
      }
    }
    return List.of();
  }

  /** The moment that is heard at an instant, in the first document that knows. */
  private @Nullable StoredMoment momentAt(long atMs) {
    for (Source source : sources) {
      StoredMoment latest = null;
      for (StoredMoment stored : byTime(source.moments())) {
        boolean candidate = stored.moment().kind() == Kind.SEGMENT && isPlaced(stored);
        if (candidate && span(stored).startMs() / 1000 <= atMs / 1000) {
          latest = stored;
        }
      }
      if (latest != null) {
        return latest;
      }
    }
    return null;
  }

  /** The moment the page is about; null if it is about none. */
  @Nullable StoredMoment current() {
    return current;
  }

  /** The colour of each speaker who is heard. */
  int colour(@Nullable String speaker) {
    return speaker == null ? 0 : colours.getOrDefault(speaker, 0);
  }

  /** The first document, if it can be read beside others: speech with times, and who says it. */
  private @Nullable Source main() {
    Source first = sources.isEmpty() ? null : sources.getFirst();
    return first != null && first.isSpoken() && first.isTimed() ? first : null;
  }

  /** The translation that is read beside the first document; null if there is none. */
  private @Nullable Source translation() {
    List<Source> all = translations();
    return all.stream()
        .filter(source -> source.entry().name().equals(beside))
        .findFirst()
        .orElse(all.isEmpty() ? null : all.getFirst());
  }

  /** The documents that are the first one in other languages. */
  private List<Source> translations() {
    Source main = main();
    String language = main == null ? "und" : Stemmer.primary(main.entry().language());
    return sources.stream()
        .filter(source -> {
          String other = Stemmer.primary(source.entry().language());
          boolean told = !language.equals("und") && !other.equals("und");
          return source.isSpoken() && source.isTimed() && told && !other.equals(language);
        })
        .toList();
  }

  /** The translations that can stand beside the first document, if there are several. */
  List<Choice> beside(String page) {
    List<Source> all = translations();
    Source chosen = translation();
    return all.size() < 2
        ? List.of()
        : all.stream()
            .map(source ->
                new Choice(
                    Labels.language(source.entry().language()),
                    "",
                    PageAddress.with(page, "beside", source.entry().name()),
                    source.equals(chosen),
                    source.entry().name()))
            .toList();
  }

  List<DocumentView> documents() {
    List<DocumentView> documents = new ArrayList<>();
    boolean chaptersShown = false;
    Source translation = translation();
    for (Source source : sources) {
      if (source.equals(translation)) {
        continue;
      }
      if (source.isBareChapters() && chaptersShown && chapters.containsAll(source.moments())) {
        continue;
      }
      Writer writer = new Writer("d-" + documents.size());
      if (source.isSpoken()) {
        List<StoredMoment> moments = new ArrayList<>(source.moments());
        if (!source.hasChapters() && !chaptersShown) {
          // Before the moments that start with them: sorting keeps the order of equals.
          moments.addAll(0, chapters);
          chaptersShown = true;
        }
        byTime(moments).forEach(writer::add);
      } else {
        source.moments().forEach(writer::add);
      }
      documents.add(
          translation != null && documents.isEmpty()
              ? writer.document(source, translation)
              : writer.document(source, List.of()));
    }
    return documents;
  }

  /** What a document is called, so that no two of the page are called alike. */
  private String title(Source source) {
    String title = form(source);
    if (isOnly(source, DocumentLayout::form)) {
      return title;
    }
    String language = title + ", " + Labels.language(source.entry().language());
    return isOnly(source, other -> form(other) + other.entry().language())
        ? language
        : title + ", " + source.entry().name();
  }

  private boolean isOnly(Source source, Function<Source, String> name) {
    return sources.stream().filter(other -> name.apply(other).equals(name.apply(source))).count()
        == 1;
  }

  private static String form(Source source) {
    if (source.isSpoken()) {
      return "Transcript";
    }
    return source.isBareChapters() ? "Chapters" : Labels.words(source.entry().format());
  }

  /** Writes one document, a moment at a time. */
  private final class Writer {
    private final String id;
    private List<Block> blocks = new ArrayList<>();

    /** When the turns among the blocks begin; only turns of one moment are put side by side. */
    private final IdentityHashMap<Block, Long> starts = new IdentityHashMap<>();

    private final List<DocumentView.Entry> entries = new ArrayList<>();
    private List<String> section = List.of();
    private @Nullable StoredMoment before;

    Writer(String id) {
      this.id = id;
    }

    void add(StoredMoment stored) {
      Moment moment = stored.moment();
      if (moment.kind() == Kind.CHAPTER) {
        enter(moment.section());
        chapter(stored);
        return;
      }
      enter(moment.section());
      MomentView view = view(stored);
      if (Labels.isSaid(moment)) {
        turn(view, stored.moment().anchor().span().map(TimeSpan::startMs).orElse(0L));
      } else {
        row(look(moment), view);
      }
      if (!moment.details().containsKey("within")) {
        before = stored;
      }
    }

    /** Headings for the sections that begin here. */
    private void enter(List<String> path) {
      int same = 0;
      while (same < path.size()
          && same < section.size()
          && path.get(same).equals(section.get(same))) {
        same++;
      }
      for (int depth = same; depth < path.size(); depth++) {
        heading(depth, null, path.get(depth), Run.plain(path.get(depth)));
      }
      if (!path.isEmpty()) {
        section = path;
      }
    }

    private void chapter(StoredMoment stored) {
      MomentView view = view(stored);
      String title = stored.moment().title();
      List<String> path = new ArrayList<>(stored.moment().section());
      if (title == null) {
        heading(path.size(), view, stored.moment().body(), view.text());
      } else {
        heading(path.size(), view, title, view.title());
        path.add(title);
      }
      section = path;
      if (title != null && !view.text().isEmpty()) {
        blocks.add(new Block.Row("summary", List.of(view)));
      }
      before = stored;
    }

    private void heading(int depth, @Nullable MomentView moment, String text, List<Run> runs) {
      String headingId = moment != null ? moment.id() : id + "-" + entries.size();
      blocks.add(
          new Block.Heading(Math.min(LAST_LEVEL, FIRST_LEVEL + depth), headingId, moment, runs));
      String address = moment != null && moment.page() != null ? moment.page() : "#" + headingId;
      if (depth == 0) {
        entries.add(new DocumentView.Entry(text, moment == null ? null : moment.time(), address));
      }
    }

    private void turn(MomentView view, long startMs) {
      boolean goesOn =
          !blocks.isEmpty()
              && blocks.getLast() instanceof Block.Turn last
              && Objects.equals(last.speaker(), view.speaker());
      if (goesOn
          && blocks.getLast() instanceof Block.Turn turn
          && turn.moments().size() < longestTurn) {
        turn.moments().add(view);
        return;
      }
      List<MomentView> moments = new ArrayList<>();
      moments.add(view);
      Block turn = new Block.Turn(view.speaker(), view.colour(), goesOn, moments);
      blocks.add(turn);
      starts.put(turn, startMs);
    }

    private void row(String look, MomentView view) {
      if (!blocks.isEmpty()
          && blocks.getLast() instanceof Block.Row row
          && row.look().equals(look)) {
        row.moments().add(view);
        return;
      }
      List<MomentView> moments = new ArrayList<>();
      moments.add(view);
      blocks.add(new Block.Row(look, moments));
    }

    private String look(Moment moment) {
      return switch (moment.kind()) {
        case QUOTE -> isRepeated(moment) ? "pulled" : "quote";
        case PRICE, PREDICTION, BOTTLENECK, FACT -> "claim";
        case TECHNOLOGY, TERM -> "term";
        case TAKEAWAY -> "point";
        case MENTION -> "mention";
        case SEGMENT, CHAPTER, NOTE -> "prose";
      };
    }

    /** Whether a quotation was picked out of the text just before it, which shows it already. */
    private boolean isRepeated(Moment moment) {
      StoredMoment whole = before;
      return moment.details().containsKey("within")
          && whole != null
          && whole.moment().text().contains(moment.body());
    }

    private MomentView view(StoredMoment stored) {
      return MomentView.of(
          stored,
          marked.getOrDefault(stored.id(), List.of()),
          margin,
          colour(stored.moment().speaker()),
          stored.equals(current));
    }

    /** The document and its translation, cut where turns of the document begin. */
    DocumentView document(Source source, Source translation) {
      List<Block> own = blocks;
      List<StoredMoment> theirs = byTime(translation.moments());
      String language = translation.entry().language();
      List<Block> pairs = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < own.size(); i++) {
        Block block = own.get(i);
        if (!starts.containsKey(block)) {
          pairs.add(block);
          continue;
        }
        long end = Long.MAX_VALUE;
        for (int after = i + 1; after < own.size() && end == Long.MAX_VALUE; after++) {
          end = starts.getOrDefault(own.get(after), Long.MAX_VALUE);
        }
        blocks = new ArrayList<>();
        while (next < theirs.size() && begins(theirs.get(next), end)) {
          if (Labels.isSaid(theirs.get(next).moment())) {
            add(theirs.get(next));
          }
          next++;
        }
        pairs.add(new Block.Pair(List.of(block), blocks, language));
      }
      blocks = pairs;
      return document(
          source, List.of(Labels.language(source.entry().language()), Labels.language(language)));
    }

    /** Whether most of what is said from a moment on is said before an instant. */
    private boolean begins(StoredMoment stored, long endMs) {
      return stored.moment().anchor().span().map(TimeSpan::startMs).orElse(0L) + NEAR_MS < endMs;
    }

    DocumentView document(Source source, List<String> languages) {
      return new DocumentView(
          id,
          languages.isEmpty() ? title(source) : "Transcript, " + String.join(" and ", languages),
          source.entry().name(),
          Labels.count(source.moments().size(), "moment")
              + ", "
              + Labels.count(source.entry().words(), "word"),
          Labels.languageAttribute(source.entry().language()),
          languages,
          blocks,
          entries);
    }
  }
}
