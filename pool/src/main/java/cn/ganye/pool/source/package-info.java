/**
 * What offices send, as text: files, members of archives and sheets of workbooks, each of which is
 * a table of its own.
 */
@NullMarked
package cn.ganye.pool.source;

import org.jspecify.annotations.NullMarked;
