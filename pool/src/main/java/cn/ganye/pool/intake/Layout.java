package cn.ganye.pool.intake;

import cn.ganye.pool.contract.Contract;
import java.nio.charset.Charset;

/**
 * How the text of a file is laid out, once its header is understood.
 *
 * @param headerRecord which record, from 0, is the header; those before it are titles
 * @param cells cells of the header
 * @param positions for each column of the contract the cell that holds it, −1 if the file has none
 */
record Layout(
    Contract contract,
    Charset charset,
    int mark,
    byte delimiter,
    int headerRecord,
    int cells,
    int[] positions) {}
