package dev.earmark.page;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Anchor;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Moment;
import dev.earmark.model.Speaker;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import dev.earmark.search.Hit.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The page of an episode.
 *
 * @param id of the episode
 * @param line the episode in a line
 * @param showAddress everything of its show; null if it has none
 * @param language the language it is in; null if not known
 * @param description what its makers say of it; null if nothing
 * @param speakers who is heard
 * @param topics what it is about
 * @param links where else it can be found
 * @param player what plays it; null if nothing does
 * @param embed the address of its player for pages of other sites
 * @param embedCode the HTML that shows it there
 * @param at the instant the page is about, such as {@code 13:55}; null if none
 * @param timeline the recording as a strip; null if its length is not known
 * @param path the address of the page without a time and a query
 * @param query what is looked for in it; may be empty
 * @param found how many matches there are
 * @param listed how many of them are listed, if not all; may be empty
 * @param matches where it is found, as far as they are listed
 * @param everywhere the same search in all episodes
 * @param notice what to tell about the link the reader came by; null if nothing
 * @param stay the address of the second that link had; null if it still holds
 * @param heard what is said at the instant; null if there is none
 * @param linkedData the episode as machines read it
 * @param contextObject the same for programs that keep references: see {@link ContextObject}
 * @param tracks the transcripts that hold the same words, to choose from; empty if there is one
 * @param translations of which one is read beside the first document; empty if there is one
 * @param documents what there is about it
 */
public record EpisodeView(
    String id,
    EpisodeLine line,
    @Nullable String showAddress,
    @Nullable String language,
    @Nullable String description,
    List<Person> speakers,
    List<Choice> topics,
    List<Choice> links,
    @Nullable Player player,
    String embed,
    String embedCode,
    @Nullable String at,
    @Nullable TimelineView timeline,
    String path,
    String query,
    String found,
    String listed,
    List<Match> matches,
    String everywhere,
    @Nullable String notice,
    @Nullable String stay,
    @Nullable String heard,
    String linkedData,
    String contextObject,
    List<Choice> tracks,
    List<Choice> translations,
    List<DocumentView> documents) {
  private static final int MOST_TOPICS = 12;
  private static final int MOST_LISTED = 500;
  private static final int MOST_HEARD = 240;
  private static final int CONTEXT_CHARACTERS = 60;

  /**
   * Somebody who is heard.
   *
   * @param role such as {@code host}; null if not known
   * @param colour the number of the speaker's colour, from 1; 0 if nothing is marked as theirs
   * @param address their page
   * @param time how long they speak; null if not known
   * @param share how much of what is said they say; null if not known
   * @param lane when they speak, as the path of a strip; null if not known
   */
  public record Person(
      String name,
      @Nullable String role,
      int colour,
      String address,
      @Nullable String time,
      @Nullable String share,
      @Nullable String lane) {}

  /**
   * A place where the query is found.
   *
   * @param time when that is; null if it is not known
   * @param text what is found, with some words around it
   */
  public record Match(@Nullable String time, String address, List<Run> text) {}

  static EpisodeView of(
      EpisodeEntry entry,
      List<StoredMoment> moments,
      List<Hit.Match> matches,
      DeepLink.Time time,
      String query,
      @Nullable String track,
      @Nullable String beside,
      String base) {
    Episode episode = entry.episode();
    TimeSpan linked = time.at();
    LinkCheck link = LinkCheck.of(time, query, matches);
    TimeSpan at = link.at();
    MomentText.Located located = MomentText.locate(moments, matches);
    DocumentLayout layout = new DocumentLayout(entry, moments, located.byMoment(), at, beside);
    List<Match> found = matches(episode, moments, matches, located, query, track);
    return new EpisodeView(
        episode.id(),
        EpisodeLine.of(episode, ""),
        episode.show() == null ? null : PageAddress.show(episode.show()),
        episode.language() == null ? null : Labels.language(episode.language()),
        episode.description(),
        speakers(episode, moments, layout),
        episode.topics().stream()
            .limit(MOST_TOPICS)
            .map(topic -> Choice.link(topic, "", PageAddress.topic(topic)))
            .toList(),
        links(episode, at),
        Player.of(episode, at),
        base + DeepLink.embed(episode.id(), null),
        EmbedCode.of(episode, null, base, Integer.MAX_VALUE, Integer.MAX_VALUE).html(),
        at == null ? null : at.start().clock(),
        timeline(episode, moments, matches, layout, at, query),
        DeepLink.page(episode.id(), null),
        query,
        matches.size() == 1 ? "1 match" : Labels.number(matches.size()) + " matches",
        matches.size() > MOST_LISTED ? "the first " + MOST_LISTED + " listed" : "",
        found,
        SearchAddress.ofQuery(query),
        link.notice(),
        link.stay() && linked != null ? DeepLink.page(episode.id(), linked.start()) : null,
        heard(layout.current()),
        LinkedData.of(episode, layout.parts(), base),
        ContextObject.of(episode, at, layout.current(), base),
        tracks(entry, track, query),
        layout.beside(DeepLink.page(episode.id(), null, query)),
        layout.documents());
  }

  /** The transcripts that hold the same words: the one that is searched, then the others. */
  private static List<Choice> tracks(EpisodeEntry entry, @Nullable String track, String query) {
    String page = DeepLink.page(entry.episode().id(), null, query);
    List<Choice> tracks = new ArrayList<>();
    Set<String> searched = new LinkedHashSet<>();
    entry.alternatives().forEach(one -> searched.add(one.searched()));
    for (EpisodeEntry.Source source : entry.sources()) {
      if (searched.contains(source.name())) {
        String note = Labels.words(source.format()) + ", searched";
        tracks.add(new Choice(source.name(), note, page, track == null, source.name()));
      }
    }
    for (EpisodeEntry.Alternative one : entry.alternatives()) {
      String name = one.source().name();
      String address = PageAddress.with(page, "track", name);
      String note = Labels.words(one.source().format());
      tracks.add(new Choice(name, note, address, name.equals(track), name));
    }
    return tracks;
  }

  /** The beginning of a moment and who says it; null if there is none. */
  private static @Nullable String heard(@Nullable StoredMoment stored) {
    if (stored == null) {
      return null;
    }
    Moment moment = stored.moment();
    String text = moment.text().replace('\n', ' ');
    int end = text.length() <= MOST_HEARD ? text.length() : text.lastIndexOf(' ', MOST_HEARD);
    String heard = end == text.length() ? text : text.substring(0, Math.max(1, end)) + " …";
    return moment.speaker() == null ? heard : moment.speaker() + ": “" + heard + "”";
  }

  /** A line about what the page shows, for those who see only that. */
  static String summary(Episode episode) {
    StringBuilder summary = new StringBuilder(episode.title());
    if (episode.show() != null) {
      summary.append(", ").append(episode.show());
    }
    if (episode.date() != null) {
      summary.append(", ").append(Labels.date(episode.date()));
    }
    return summary.toString();
  }

  private static List<Person> speakers(
      Episode episode, List<StoredMoment> moments, DocumentLayout layout) {
    Voices voices = Voices.of(moments);
    long length = length(episode, moments);
    Map<String, @Nullable String> roles = new LinkedHashMap<>();
    for (Speaker speaker : episode.speakers()) {
      roles.put(speaker.name(), speaker.role());
    }
    voices.names().forEach(name -> roles.putIfAbsent(name, null));
    List<Person> people = new ArrayList<>();
    roles.forEach((name, role) ->
        people.add(
            new Person(
                name,
                role,
                layout.colour(name),
                PageAddress.speaker(name),
                voices.time(name),
                voices.share(name),
                voices.lane(name, length))));
    return people;
  }

  /** How long the recording is, as far as is known: until its last moment ends. */
  private static long length(Episode episode, List<StoredMoment> moments) {
    return episode.durationMs() != null
        ? episode.durationMs()
        : moments.stream()
            .mapToLong(stored -> stored.moment().anchor().span().map(TimeSpan::endMs).orElse(0L))
            .max()
            .orElse(0);
  }

  /** Whether it is known when any of them speaks. */
  public boolean hasLanes() {
    return speakers.stream().anyMatch(person -> person.lane() != null);
  }

  private static List<Choice> links(Episode episode, @Nullable TimeSpan at) {
    List<Choice> links = new ArrayList<>();
    String youtube = episode.media().youtube();
    Timestamp start = at == null ? null : at.start();
    String time = start == null ? "" : "at " + start.clock();
    if (youtube != null) {
      links.add(Choice.link("YouTube", time, DeepLink.youtube(youtube, start)));
    }
    addFile(links, "Audio", episode.media().audio(), at, time);
    addFile(links, "Video", episode.media().video(), at, time);
    String page = Player.webAddress(episode.media().page());
    if (page != null) {
      links.add(Choice.link("Page of the episode", "", page));
    }
    return links;
  }

  private static void addFile(
      List<Choice> links, String label, @Nullable String file, @Nullable TimeSpan at, String time) {
    String address = Player.webAddress(file);
    if (address != null) {
      links.add(
          Choice.link(
              label,
              time,
              at == null ? address : DeepLink.mediaFragment(address, at.start(), at.end())));
    }
  }

  private static @Nullable TimelineView timeline(
      Episode episode,
      List<StoredMoment> moments,
      List<Hit.Match> matches,
      DocumentLayout layout,
      @Nullable TimeSpan at,
      String query) {
    long duration = length(episode, moments);
    TimelineView.Builder timeline = new TimelineView.Builder(duration);
    List<StoredMoment> parts = layout.parts();
    for (int i = 0; i < parts.size(); i++) {
      Moment part = parts.get(i).moment();
      TimeSpan span = part.anchor().span().orElseThrow();
      long next =
          i + 1 < parts.size()
              ? parts.get(i + 1).moment().anchor().span().orElseThrow().startMs()
              : Math.max(duration, span.startMs());
      long end = span.durationMs() > 0 ? Math.min(span.endMs(), next) : next;
      String title = part.title() == null ? part.body() : part.title();
      timeline.band(
          TimeSpan.ofMillis(span.startMs(), end),
          span.start().clock() + " " + title,
          DeepLink.page(episode.id(), span.start()) + MomentText.anchor(parts.get(i)));
    }
    Map<String, StoredMoment> byId = byId(moments);
    for (Hit.Match match : matches) {
      StoredMoment moment = byId.get(match.momentId());
      if (match.atMs() != null && moment != null) {
        Timestamp start = Timestamp.clamped(match.atMs());
        String address = DeepLink.page(episode.id(), start, query) + MomentText.anchor(moment);
        Anchor anchor = moment.moment().anchor();
        String title = Labels.when(anchor, start) + " " + match.text();
        anchor
            .stretch()
            .ifPresentOrElse(
                stretch -> timeline.stretch(stretch, title, address),
                () -> timeline.tick(start.millis(), address, title));
      }
    }
    if (at != null) {
      timeline.now(at.startMs());
    }
    return timeline.build();
  }

  private static Map<String, StoredMoment> byId(List<StoredMoment> moments) {
    Map<String, StoredMoment> byId = new HashMap<>();
    moments.forEach(moment -> byId.put(moment.id(), moment));
    return byId;
  }

  private static List<Match> matches(
      Episode episode,
      List<StoredMoment> moments,
      List<Hit.Match> matches,
      MomentText.Located located,
      String query,
      @Nullable String track) {
    Map<String, StoredMoment> byId = byId(moments);
    List<Match> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_LISTED, matches.size()); i++) {
      Hit.Match match = matches.get(i);
      StoredMoment moment = byId.get(match.momentId());
      Range range = located.ofMatch()[i];
      Timestamp start = match.atMs() == null ? null : Timestamp.clamped(match.atMs());
      if (moment == null) {
        // It is found in the transcript that is searched, while another of the same words is read.
        if (start != null && track != null) {
          String address = DeepLink.page(episode.id(), start, query);
          lines.add(
              new Match(
                  start.clock(),
                  PageAddress.with(address, "track", track),
                  List.of(new Run(match.text(), true))));
        }
        continue;
      }
      lines.add(
          new Match(
              start == null ? null : Labels.when(moment.moment().anchor(), start),
              DeepLink.page(episode.id(), start, query) + MomentText.anchor(moment),
              range == null
                  ? List.of(new Run(match.text(), true))
                  : around(moment.moment().text(), range)));
    }
    return lines;
  }

  /** A range and some words of its line on either side of it. */
  private static List<Run> around(String text, Range range) {
    int lineFrom = text.lastIndexOf('\n', range.from()) + 1;
    int lineEnd = text.indexOf('\n', range.to());
    int lineTo = lineEnd < 0 ? text.length() : lineEnd;
    int near = range.from() - CONTEXT_CHARACTERS;
    int from = near <= lineFrom ? lineFrom : edge(text, near, range.from());
    int to = Math.min(lineTo, range.to() + CONTEXT_CHARACTERS);
    if (to < lineTo) {
      int space = text.lastIndexOf(' ', to);
      to = space > range.to() ? space : range.to();
    }
    List<Run> runs = new ArrayList<>();
    if (from > lineFrom) {
      runs.add(new Run("… ", false));
    }
    runs.addAll(Run.of(text, List.of(range), from, to));
    if (to < lineTo) {
      runs.add(new Run(" …", false));
    }
    return runs;
  }

  /** The start of the first word from a character on, if there is one before the limit. */
  private static int edge(String text, int from, int limit) {
    int space = text.indexOf(' ', from);
    return space >= 0 && space < limit ? space + 1 : limit;
  }
}
