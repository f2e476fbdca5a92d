package dev.earmark.page;

/**
 * Something to choose: a link that leads to the state with it chosen or, if it is chosen, without.
 *
 * @param label what it is called
 * @param note what is said beside it, such as a count; may be empty
 * @param address where the link leads
 * @param chosen whether it is in force
 * @param key names it among the choices of a page, so that the focus can stay on it
 */
public record Choice(String label, String note, String address, boolean chosen, String key) {
  static Choice link(String label, String note, String address) {
    return new Choice(label, note, address, false, address);
  }
}
