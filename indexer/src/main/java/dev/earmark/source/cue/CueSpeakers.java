package dev.earmark.source.cue;

import dev.earmark.model.Cue;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.model.Timestamp;
import dev.earmark.source.head.CaptionHead;
import dev.earmark.source.head.CaptionHead.Form;
import dev.earmark.source.head.SpeakerName;
import dev.earmark.source.syntax.CharacterSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds who speaks in captions whose text says so: names before the words, at the head of a cue or
 * of any line of it.
 *
 * <p><b>Which heads are names?</b> That is decided over the whole source. Labels of tools and names
 * in brackets with a colon are names at once. What is written like a name and has a colon must come
 * up twice, or the source must have the habit: all its cues begin so, or at least two and one in
 * ten do. All others, such as addresses, rooms, names in lower case, names in brackets without a
 * colon or on a line of their own, must be throughout: few names, again and again, at half of the
 * cues or more. A film in which one line of a thousand is {@code Remember: …} loses nothing.
 *
 * <p><b>Several in a cue.</b> Each name begins a cue of its own; its time is that of its words
 * where words are timed, else in proportion to its length. A name that is known also counts behind
 * a sentence on the same line.
 *
 * <p><b>Names only where the speaker changes.</b> If the first cue has a name, there are several
 * people, hardly ever is the same named twice in a row, and cues without a name are common, then
 * they go on with the speaker before, whether names stand in the text or beside it, as those of
 * WebVTT's voices do. A change mark without a name ends that. Captions for the hard of hearing name
 * only those who are not seen ({@code MAN: Hey!}); there a cue without a name is nobody's.
 *
 * <p>Linear in the length of the text.
 */
final class CueSpeakers {
  private static final int SENTENCES_LOOKED_BACK = 3;
  private static final int LONGEST_NAME = 70;
  private static final int FEW = 3;
  private static final CharacterSet DASHES = CharacterSet.of("-\u2010\u2013\u2014");

  /** Whom captions for the hard of hearing name so. */
  private static final Set<String> UNSEEN =
      Set.of("man", "woman", "boy", "girl", "voice", "crowd", "all", "both", "men", "women");

  /** Heads of one form over the whole source. */
  private static final class Tally {
    private int heads;
    private int alike;
    private boolean opens;
    private boolean ofNames;
    private final Map<String, Integer> names = new HashMap<>();

    /** Decides whether few names come again and again as the heads of cues. */
    void decide(Form form, int pieces) {
      int again = 0;
      int distinct = 0;
      for (int count : names.values()) {
        again += count > 1 ? count : 0;
        distinct += count > 1 ? 1 : 0;
      }
      boolean most = again * 10 >= heads * 8;
      // Captions that roll have each line in two cues.
      int times = form == Form.ALONE || form == Form.DASH ? 3 : 2;
      boolean throughout = heads * 2 >= pieces && distinct > 1 && most && distinct * times <= again;
      boolean atChanges =
          form != Form.ALONE
              && opens
              && heads * 10 >= pieces
              && again > 1
              && names.size() > 1
              && (alike == heads || (most && form == Form.COLON));
      ofNames = throughout || atChanges;
    }
  }

  private final List<Cue> cues;
  private final List<List<CaptionHead>> heads;
  private final Map<Form, Tally> tallies = new EnumMap<>(Form.class);
  private final Set<String> known = new HashSet<>();

  /** The beginnings of turns of each cue; null where they were not looked for yet. */
  private final List<@Nullable List<CaptionHead>> turns = new ArrayList<>();

  private int pieces;
  private int opened;
  private int explicit;
  private boolean habit;

  private CueSpeakers(List<Cue> cues) {
    this.cues = cues;
    this.heads = new ArrayList<>(cues.size());
  }

  /** The cues with their speakers and without their names; the same list if there are none. */
  static List<Cue> named(List<Cue> cues) {
    CueSpeakers speakers = new CueSpeakers(cues);
    speakers.count();
    boolean some = speakers.explicit > 0 && speakers.explicit < cues.size();
    return speakers.decide() || some ? speakers.split() : cues;
  }

  private void count() {
    BitSet alone = new BitSet();
    for (int i = 0; i < cues.size(); i++) {
      Cue cue = cues.get(i);
      explicit += cue.speaker() == null ? 0 : 1;
      List<CaptionHead> found = cue.speaker() == null ? headsOf(cue.text()) : List.of();
      heads.add(found);
      int turns = 0;
      for (CaptionHead head : found) {
        turns += head.form() == Form.COLON || head.form() == Form.BRACKET ? 1 : 0;
        tally(head, i);
      }
      pieces += Math.max(1, turns);
      boolean opens = !found.isEmpty() && found.getFirst().from() == 0;
      alone.set(i, cue.speaker() == null && !opens && CaptionHead.mayStandAlone(cue.text()));
    }
    // Names on lines of their own count only where half of the cues begin so; a first line of two
    // is looked at only there.
    Tally labels = tallies.get(Form.ALONE);
    int most = alone.cardinality() + (labels == null ? 0 : labels.heads);
    for (int i = alone.nextSetBit(0); i >= 0 && most * 2 >= pieces; i = alone.nextSetBit(i + 1)) {
      CaptionHead head = CaptionHead.at(cues.get(i).text(), 0, true);
      if (head != null) {
        tally(head, i);
        List<CaptionHead> found = new ArrayList<>(heads.get(i));
        found.addFirst(head);
        heads.set(i, found);
      }
    }
    habit = opened == cues.size() || (opened >= 2 && opened * 10L >= cues.size());
  }

  private void tally(CaptionHead head, int cue) {
    Tally tally = tallies.computeIfAbsent(head.form(), form -> new Tally());
    tally.heads++;
    tally.alike += head.likely() ? 1 : 0;
    tally.opens |= cue < 2;
    tally.names.merge(head.key(), 1, Integer::sum);
    opened += head.from() == 0 && head.form() == Form.COLON && head.likely() ? 1 : 0;
  }

  /** The heads of the lines of a text; a name alone is among them only if it is a tool's label. */
  private static List<CaptionHead> headsOf(String text) {
    List<CaptionHead> found = List.of();
    // Each is looked for again only when it is passed, so that a text is read through once.
    int line = -1;
    int change = -1;
    int at = 0;
    while (at < text.length()) {
      CaptionHead head = CaptionHead.at(text, at, at == 0 && CaptionHead.mayBeLabel(text));
      if (head != null) {
        found = found.isEmpty() ? new ArrayList<>(1) : found;
        found.add(head);
        at = Math.max(at, head.end() - 1);
      }
      line = line < at ? indexOf(text, "\n", at) : line;
      change = change < at ? indexOf(text, " >>", at) : change;
      at = Math.min(line, change) + 1;
    }
    return found;
  }

  /** Where something next stands in a text; its length if it does not. */
  private static int indexOf(String text, String part, int from) {
    int at = text.indexOf(part, from);
    return at < 0 ? text.length() : at;
  }

  /** Whether any head is a name. */
  private boolean decide() {
    tallies.forEach((form, tally) -> tally.decide(form, pieces));
    for (List<CaptionHead> found : heads) {
      for (CaptionHead head : found) {
        if (accepts(head)) {
          known.add(head.key());
        }
      }
    }
    return !known.isEmpty();
  }

  private boolean accepts(CaptionHead head) {
    if (head.certain()) {
      return true;
    }
    Tally tally = tallies.get(head.form());
    if (tally == null) {
      return false;
    }
    int count = tally.names.getOrDefault(head.key(), 0);
    if (head.form() == Form.COLON && head.likely()) {
      return (habit && head.from() == 0) || count > 1;
    }
    if (!tally.ofNames) {
      return false;
    }
    // Where few names come again and again, one that comes once is one if it looks like it.
    boolean marked = head.form() == Form.COLON || head.form() == Form.BRACKET;
    boolean alike = tally.alike * 10 >= tally.heads * 8;
    return (alike || (marked && count > 1)) && (count > 1 || head.likely());
  }

  private List<Cue> split() {
    turns.addAll(Collections.nCopies(cues.size(), null));
    boolean goesOn = goesOn();
    List<Cue> named = new ArrayList<>(cues.size());
    String current = null;
    for (int i = 0; i < cues.size(); i++) {
      Cue cue = cues.get(i);
      if (cue.speaker() != null) {
        named.add(cue);
        current = cue.speaker();
        continue;
      }
      List<CaptionHead> turns = turns(i);
      if (turns.isEmpty() && isSound(cue.text())) {
        named.add(cue);
        continue;
      }
      String before = goesOn && !isChange(cue.text()) ? current : null;
      if (turns.isEmpty()) {
        named.add(before == null ? cue : cue.withSpeaker(before));
        current = before;
        continue;
      }
      CaptionHead one = turns.getFirst();
      if (turns.size() == 1 && one.from() == 0) {
        current = one.name();
        named.add(stretch(cue, one.end(), cue.text().length()).withSpeaker(current));
        continue;
      }
      List<Cue> parts = new ArrayList<>(turns.size() + 1);
      if (one.from() > 0) {
        parts.add(stretch(cue, 0, one.from()).withSpeaker(before));
      }
      for (int k = 0; k < turns.size(); k++) {
        int to = k + 1 < turns.size() ? turns.get(k + 1).from() : cue.text().length();
        current = turns.get(k).name().isEmpty() ? null : turns.get(k).name();
        parts.add(stretch(cue, turns.get(k).end(), to).withSpeaker(current));
      }
      addTimed(named, cue, parts);
    }
    return named;
  }

  /** Those of a cue, looked for once. */
  private List<CaptionHead> turns(int cue) {
    List<CaptionHead> found = turns.get(cue);
    if (found == null) {
      found = turns(cues.get(cue).text(), heads.get(cue));
      turns.set(cue, found);
    }
    return found;
  }

  /** The beginnings of turns in a text: names that are accepted, and change marks without one. */
  private List<CaptionHead> turns(String text, List<CaptionHead> found) {
    boolean mayBeInside = !known.isEmpty() && (text.indexOf(':') >= 0 || text.indexOf('[', 1) >= 0);
    if (found.isEmpty() && !mayBeInside && !text.contains(">>")) {
      return List.of();
    }
    List<CaptionHead> turns = new ArrayList<>(found.size());
    for (CaptionHead head : found) {
      boolean line = head.form() == Form.COLON || head.form() == Form.BRACKET;
      if (accepts(head) || (line && known.contains(head.key()))) {
        turns.add(head);
      }
    }
    BitSet taken = new BitSet();
    turns.forEach(turn -> taken.set(turn.from(), turn.end()));
    for (int at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
      if (at + 1 < text.length() && Character.isWhitespace(text.charAt(at + 1))) {
        inside(text, at, turns, taken);
      }
    }
    for (int at = text.indexOf('[', 1); at >= 0; at = text.indexOf('[', at + 1)) {
      bracketed(text, at, turns, taken);
    }
    for (int at = text.indexOf(">>"); at >= 0; at = text.indexOf(">>", at + 3)) {
      int end = CaptionHead.afterMarks(text, at, text.length());
      if (!taken.get(at) && at > 0 && end < text.length()) {
        turns.add(new CaptionHead("", "", at, end, Form.COLON, false, true));
      }
    }
    turns.sort((one, other) -> Integer.compare(one.from(), other.from()));
    return turns;
  }

  /** Adds the name before a colon in the middle of a line, if it is known and ends a sentence. */
  private void inside(String text, int colon, List<CaptionHead> turns, BitSet taken) {
    int looked = 0;
    for (int i = colon - 2; i > Math.max(0, colon - LONGEST_NAME); i--) {
      boolean sentence = text.charAt(i) == ' ' && ".?!…\"”’)-–—♪".indexOf(text.charAt(i - 1)) >= 0;
      if (!sentence) {
        continue;
      }
      int start = i + 1;
      int cut = start;
      while (cut > 1 && " -\u2013\u2014/".indexOf(text.charAt(cut - 1)) >= 0) {
        cut--;
      }
      String name = SpeakerName.of(text.substring(start, colon));
      if (!taken.get(cut, colon + 1).isEmpty()) {
        return;
      }
      String key = name == null ? "" : SpeakerName.key(name);
      if (name != null && known.contains(key)) {
        int end = colon + 1;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
          end++;
        }
        if (end < text.length()) {
          turns.add(new CaptionHead(name, key, cut, end, Form.COLON, true, false));
          taken.set(cut, end);
        }
        return;
      }
      if (++looked == SENTENCES_LOOKED_BACK) {
        return;
      }
    }
  }

  /** Adds the name in brackets in the middle of a line, if it is known and ends a sentence. */
  private void bracketed(String text, int open, List<CaptionHead> turns, BitSet taken) {
    boolean sentence =
        open > 1
            && text.charAt(open - 1) == ' '
            && ".?!\u2026\"\u201D)-".indexOf(text.charAt(open - 2)) >= 0;
    int close =
        sentence ? text.indexOf(']', open, Math.min(text.length(), open + LONGEST_NAME + 1)) : -1;
    if (close < 0 || close + 1 >= text.length()) {
      return;
    }
    String name = SpeakerName.of(text.substring(open + 1, close));
    String key = name == null ? "" : SpeakerName.key(name);
    if (name != null && known.contains(key) && taken.get(open, close + 1).isEmpty()) {
      turns.add(new CaptionHead(name, key, open, close + 1, Form.BRACKET, true, false));
      taken.set(open, close + 1);
    }
  }

  /** Whether a text begins with a mark that somebody else speaks, or is of two who do. */
  private static boolean isChange(String text) {
    int at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.startsWith(">>", at) || dashes(text) > 1;
  }

  /** Whether a text is a sound in brackets, or music, and nobody says it. */
  private static boolean isSound(String text) {
    boolean words = text.isEmpty() || Character.isLetterOrDigit(text.charAt(0));
    int kind = words ? -1 : "[(*♪♫【（".indexOf(text.charAt(0));
    return kind >= 0 && text.indexOf("])*♪♫】）".charAt(kind), 1) == text.length() - 1;
  }

  private static int dashes(String text) {
    int dashes = 0;
    int at = 0;
    while (at < text.length()) {
      dashes += DASHES.has(text.charAt(at)) ? 1 : 0;
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end + 1;
    }
    return dashes;
  }

  /** Whether names are given only where the speaker changes. */
  private boolean goesOn() {
    String last = null;
    int turns = 0;
    int same = 0;
    int first = -1;
    int dialogues = 0;
    int unnamed = 0;
    int marked = 0;
    Set<String> names = new HashSet<>();
    String lastGiven = "";
    String lastKey = "";
    for (int i = 0; i < cues.size(); i++) {
      dialogues += dashes(cues.get(i).text()) > 1 ? 1 : 0;
      int before = turns;
      String given = cues.get(i).speaker();
      if (given != null) {
        first = first < 0 ? i : first;
        String key = given.equals(lastGiven) ? lastKey : SpeakerName.key(given);
        lastGiven = given;
        lastKey = key;
        same += key.equals(last) ? 1 : 0;
        names.add(key);
        last = key;
        turns++;
        continue;
      }
      for (CaptionHead head : turns(i)) {
        if (head.name().isEmpty()) {
          continue;
        }
        first = first < 0 ? i : first;
        marked += cues.get(i).text().startsWith(">>", head.from()) ? 1 : 0;
        String key = head.key();
        same += key.equals(last) ? 1 : 0;
        names.add(key);
        last = key;
        turns++;
      }
      unnamed += turns == before && !isSound(cues.get(i).text()) ? 1 : 0;
    }
    boolean often = unnamed * 2 >= turns || (turns >= 2 * FEW && same == 0);
    // The mark says that somebody else speaks from here on.
    often |= marked * 2 > turns;
    boolean seen = names.stream().noneMatch(UNSEEN::contains) && dialogues < FEW;
    return seen
        && often
        && names.size() > 1
        && first <= Math.max(1, cues.size() / 20)
        && same * 5 <= turns - 1;
  }

  /** Adds the parts of a cue: each lasts from its first word, or by its share of the text. */
  static void addTimed(List<Cue> into, Cue cue, List<Cue> parts) {
    int whole = 0;
    for (Cue part : parts) {
      whole += part.text().length();
    }
    long start = cue.span().startMs();
    Timestamp end = cue.span().end();
    int before = 0;
    for (Cue part : parts) {
      int after = before + part.text().length();
      if (part.text().isEmpty()) {
        continue;
      }
      TimeSpan span = cue.span();
      if (!part.words().isEmpty()) {
        span =
            TimeSpan.ofMillis(
                before == 0 ? start : part.words().getFirst().startMs(),
                part.words().getLast().endMs());
      } else if (end != null) {
        long length = end.millis() - start;
        span = TimeSpan.ofMillis(start + length * before / whole, start + length * after / whole);
      }
      into.add(part.withSpan(span));
      before = after;
    }
  }

  /** A stretch of a cue's text with its words, at the time of the whole. */
  static Cue stretch(Cue cue, int from, int to) {
    String text = cue.text();
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    List<TimedWord> words = new ArrayList<>();
    for (TimedWord word : cue.words()) {
      int first = Math.max(start, word.from());
      int last = Math.min(end, word.to());
      if (last > first) {
        words.add(new TimedWord(first - start, last - start, word.startMs(), word.endMs()));
      }
    }
    return cue.withText(text.substring(start, end), words);
  }
}
