/**
 * Turns answers into pages: the only Java that knows HTML.
 *
 * <p>{@link dev.earmark.page.Pages} is the door. For each page there is a view, a record with all
 * that its template shows, in the words and addresses it shows them in; the templates in the module
 * {@code web} only lay it out. Views are public because the compiled templates live in a package of
 * their own; nobody else makes or reads them.
 *
 * <p>Texts stay plain up to the template, which escapes each of them for the place it stands in;
 * what is marked in a text comes as {@link dev.earmark.page.Run runs} of it.
 */
@NullMarked
package dev.earmark.page;

import org.jspecify.annotations.NullMarked;
