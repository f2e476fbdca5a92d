package dev.earmark.page;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the documents about an episode say of each moment of its main document: the notes in its
 * margin, and for each of them the moment it belongs to.
 *
 * <p>A note belongs to the moment that is heard when it starts.
 */
final class Margin {
  private static final int LONGEST_NOTE = 180;

  private final Map<String, List<NoteView>> notes = new HashMap<>();
  private final Map<String, StoredMoment> places = new HashMap<>();

  /**
   * @param main the moments of the main document
   * @param others all moments that may stand beside it
   */
  Margin(List<StoredMoment> main, List<StoredMoment> others) {
    TreeMap<Long, StoredMoment> byStart = new TreeMap<>();
    for (StoredMoment stored : main) {
      stored.moment().anchor().span().ifPresent(span -> byStart.put(span.startMs(), stored));
    }
    for (StoredMoment stored : others) {
      Moment moment = stored.moment();
      TimeSpan span = moment.anchor().span().orElse(null);
      var place = span == null ? null : byStart.floorEntry(span.startMs());
      if (place != null && moment.kind() != Kind.CHAPTER) {
        places.put(stored.id(), place.getValue());
        notes
            .computeIfAbsent(place.getValue().id(), id -> new ArrayList<>())
            .add(
                new NoteView(
                    Labels.kind(moment.kind()),
                    moment.kind().id(),
                    moment.anchor() instanceof Anchor.Estimated,
                    beginning(moment),
                    MomentText.anchor(stored)));
      }
    }
  }

  private static String beginning(Moment moment) {
    String text = moment.title() == null ? moment.body() : moment.title();
    String line = text.replace('\n', ' ').strip();
    if (line.length() <= LONGEST_NOTE) {
      return line;
    }
    int space = line.lastIndexOf(' ', LONGEST_NOTE);
    return line.substring(0, space > 0 ? space : LONGEST_NOTE) + " …";
  }

  /** The notes beside a moment of the main document. */
  List<NoteView> beside(StoredMoment moment) {
    return notes.getOrDefault(moment.id(), List.of());
  }

  /** The address of the moment of the main document that a note belongs to; null if it has none. */
  @Nullable String placeOf(StoredMoment note) {
    StoredMoment place = places.get(note.id());
    return place == null ? null : MomentText.anchor(place);
  }
}
