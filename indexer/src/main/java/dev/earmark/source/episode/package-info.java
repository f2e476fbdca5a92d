/** What a source says about its episode: front matter, languages, addresses of media. */
@NullMarked
package dev.earmark.source.episode;

import org.jspecify.annotations.NullMarked;
