package cn.ganye.pool.intake;

import cn.ganye.pool.contract.Contract;
import java.nio.charset.Charset;

/**
 * How the text of a file is laid out, once its header is understood.
 *
 * @param headerRecord which record, from 0, is the header's last line; those before it are titles
 * @param headerLines of how many records the header is made: two where its cells are merged
 * @param cells cells of the header
 * @param workbook whether it is a sheet of a workbook, in which days may be numbers
 * @param positions for each column of the contract the cell that holds it, −1 if the file has none
 */
record Layout(
    Contract contract,
    Charset charset,
    int mark,
    byte delimiter,
    int headerRecord,
    int headerLines,
    int cells,
    boolean workbook,
    int[] positions) {

  /** The same, of a sheet of a workbook. */
  Layout ofWorkbook() {
    return new Layout(
        contract, charset, mark, delimiter, headerRecord, headerLines, cells, true, positions);
  }

  /** Where the first block has the header. */
  RecordWalk.Header header() {
    return new RecordWalk.Header(headerRecord, headerLines);
  }
}
