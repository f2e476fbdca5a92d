/**
 * The static site: the pages of an index as plain files for any host, with a search that runs in
 * the browser.
 *
 * <p>Pages are those of {@code page}, rendered as the server renders them; {@link
 * dev.earmark.publish.SitePage} then leads every address in them to a file of the site, and takes
 * out what only a server can answer. {@link dev.earmark.publish.BrowserIndex} writes what the
 * scripts in {@code web}, {@code earmark/site}, search. {@link dev.earmark.publish.SiteFolder} puts
 * the files in place. Same index, same bytes.
 */
@org.jspecify.annotations.NullMarked
package dev.earmark.publish;
