package dev.earmark.source.caption;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.syntax.XmlHead;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * An annotation file of ELAN ({@code .eaf}): time slots, and tiers of annotations that stand
 * between two of them or refer to another annotation, whose time is then theirs.
 *
 * <p>A slot without a time gets its share of the stretch between its neighbours. Of a tier and
 * those below it, the one is read that holds the sentences: often the upper one only numbers them,
 * and the one below has the text. {@link TierTranscript} tells speech from what else is annotated.
 *
 * @see <a href="https://www.mpi.nl/tools/elan/EAF_Annotation_Format_3.0_and_ELAN.pdf">EAF
 *     Annotation Format 3.0</a>
 */
@AutoService(SourceFormat.class)
public final class ElanFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "elan", "annotations of ELAN (.eaf)", "XML whose first element is ANNOTATION_DOCUMENT");

  private static final int MOST_STEPS = 20;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    return XmlSource.rootName(source.head()).equals("ANNOTATION_DOCUMENT")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  private record Annotation(
      @Nullable String from, @Nullable String to, @Nullable String of, String text) {}

  private record Span(long startMs, long endMs) {}

  private record Tier(String id, String participant, String parent, List<Annotation> annotations) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    XmlHead.refuseLongNames(source.text());
    Document document = Jsoup.parse(source.text(), Parser.xmlParser());
    Map<String, Long> slots = slots(document);
    Map<String, Annotation> byId = new HashMap<>();
    Map<String, Tier> tiers = new LinkedHashMap<>();
    for (Element element : document.getElementsByTag("TIER")) {
      List<Annotation> annotations = new ArrayList<>();
      for (Element one : element.select("ALIGNABLE_ANNOTATION, REF_ANNOTATION")) {
        Element value = one.getElementsByTag("ANNOTATION_VALUE").first();
        Annotation annotation =
            new Annotation(
                attribute(one, "TIME_SLOT_REF1"),
                attribute(one, "TIME_SLOT_REF2"),
                attribute(one, "ANNOTATION_REF"),
                value == null ? "" : value.wholeText().strip());
        byId.put(one.attr("ANNOTATION_ID"), annotation);
        annotations.add(annotation);
      }
      String id = element.attr("TIER_ID");
      tiers.put(
          id, new Tier(id, element.attr("PARTICIPANT"), element.attr("PARENT_REF"), annotations));
    }
    CueBuilder cues = new CueBuilder(problems);
    TierTranscript.into(speech(tiers, slots, byId), cues, problems);
    return ParsedSource.ofCues(
        EpisodeFields.NONE, cues.orRefuse("a TIER with annotations that have a time is needed"));
  }

  private static @Nullable String attribute(Element element, String name) {
    return element.hasAttr(name) ? element.attr(name) : null;
  }

  /** The times of the slots; those without one share the stretch between their neighbours. */
  private static Map<String, Long> slots(Document document) {
    List<String> ids = new ArrayList<>();
    TreeMap<Integer, Long> known = new TreeMap<>();
    for (Element slot : document.getElementsByTag("TIME_SLOT")) {
      String value = slot.attr("TIME_VALUE").strip();
      if (value.matches("\\d{1,12}")) {
        known.put(ids.size(), Long.parseLong(value));
      }
      ids.add(slot.attr("TIME_SLOT_ID"));
    }
    Map<String, Long> times = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      Map.Entry<Integer, Long> before = known.floorEntry(i);
      Map.Entry<Integer, Long> after = known.ceilingEntry(i);
      if (before != null && after != null) {
        int steps = Math.max(1, after.getKey() - before.getKey());
        long gap = after.getValue() - before.getValue();
        times.put(ids.get(i), before.getValue() + gap * (i - before.getKey()) / steps);
      }
    }
    return times;
  }

  /** The tiers that may be speech, each with the times of its annotations. */
  private static List<TierTranscript.Tier> speech(
      Map<String, Tier> tiers, Map<String, Long> slots, Map<String, Annotation> byId) {
    List<TierTranscript.Tier> speech = new ArrayList<>();
    Map<String, List<Tier>> trees = new LinkedHashMap<>();
    for (Tier tier : tiers.values()) {
      trees.computeIfAbsent(root(tier, tiers).id(), id -> new ArrayList<>()).add(tier);
    }
    boolean several = trees.size() > 1;
    for (Map.Entry<String, List<Tier>> tree : trees.entrySet()) {
      Tier root = tiers.getOrDefault(tree.getKey(), tree.getValue().getFirst());
      List<TierTranscript.Tier> timed = new ArrayList<>();
      String speaker = root.participant().isBlank() ? null : root.participant();
      for (Tier tier : tree.getValue()) {
        timed.add(
            new TierTranscript.Tier(
                tier.id(),
                speaker != null ? speaker : several ? named(root) : named(tier),
                labels(tier, slots, byId)));
      }
      speech.addAll(ofTree(timed));
    }
    return speech;
  }

  /** The name that the uppermost tier gives to all below it; null to go by each tier's own. */
  private static @Nullable String named(Tier root) {
    return new TierTranscript.Tier(root.id(), null, List.of()).who();
  }

  /** The tier of sentences among a tier and those below it, and that of their words. */
  private static List<TierTranscript.Tier> ofTree(List<TierTranscript.Tier> tree) {
    TierTranscript.Tier sentences = tree.getFirst();
    if (!holdsSentences(sentences)) {
      sentences =
          tree.stream()
              .filter(tier -> !TierTranscript.isOther(tier))
              .max(Comparator.comparingDouble(tier -> letters(tier)))
              .orElse(sentences);
    }
    List<TierTranscript.Tier> chosen = new ArrayList<>();
    chosen.add(sentences);
    for (TierTranscript.Tier tier : tree) {
      if (!tier.name().equals(sentences.name()) && TierTranscript.hasWordsOf(tier, sentences)) {
        chosen.add(tier);
        break;
      }
    }
    return chosen;
  }

  /** Whether a tier has texts, rather than numbers such as {@code 007} or {@code Ada.012}. */
  private static boolean holdsSentences(TierTranscript.Tier tier) {
    long named =
        tier.labels().stream()
            .filter(label -> label.text().isBlank() || isNumber(label.text()))
            .count();
    return named * 2 < tier.labels().size() && !TierTranscript.isOther(tier);
  }

  private static boolean isNumber(String text) {
    return text.chars().noneMatch(Character::isWhitespace)
        && text.chars().anyMatch(Character::isDigit);
  }

  private static double letters(TierTranscript.Tier tier) {
    return tier.labels().stream().mapToLong(label -> label.text().length()).sum();
  }

  private static Tier root(Tier tier, Map<String, Tier> tiers) {
    Tier root = tier;
    for (int step = 0; step < MOST_STEPS && tiers.containsKey(root.parent()); step++) {
      root = tiers.get(root.parent());
    }
    return root;
  }

  private static List<TierTranscript.Label> labels(
      Tier tier, Map<String, Long> slots, Map<String, Annotation> byId) {
    List<TierTranscript.Label> labels = new ArrayList<>();
    Map<Annotation, Integer> sharing = new HashMap<>();
    for (Annotation annotation : tier.annotations()) {
      Span span = span(annotation, slots, byId);
      if (span != null && !annotation.text().isEmpty()) {
        Annotation aligned = aligned(annotation, byId);
        boolean again = annotation.from() == null && sharing.merge(aligned, 1, Integer::sum) > 1;
        if (again && !labels.isEmpty()) {
          // Several annotations of one sentence, such as its words without times.
          TierTranscript.Label last = labels.removeLast();
          labels.add(
              new TierTranscript.Label(
                  last.startMs(), last.endMs(), last.text() + " " + annotation.text(), 0));
        } else {
          labels.add(new TierTranscript.Label(span.startMs(), span.endMs(), annotation.text(), 0));
        }
      }
    }
    labels.sort(Comparator.comparingLong(TierTranscript.Label::startMs));
    return labels;
  }

  private static Annotation aligned(Annotation annotation, Map<String, Annotation> byId) {
    Annotation aligned = annotation;
    for (int step = 0; step < MOST_STEPS && aligned.from() == null; step++) {
      Annotation next = aligned.of() == null ? null : byId.get(aligned.of());
      if (next == null) {
        return aligned;
      }
      aligned = next;
    }
    return aligned;
  }

  private static @Nullable Span span(
      Annotation annotation, Map<String, Long> slots, Map<String, Annotation> byId) {
    Annotation aligned = aligned(annotation, byId);
    Long start = aligned.from() == null ? null : slots.get(aligned.from());
    Long end = aligned.to() == null ? null : slots.get(aligned.to());
    return start == null || end == null || end < start ? null : new Span(start, end);
  }
}
