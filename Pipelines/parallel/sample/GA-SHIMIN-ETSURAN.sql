SELECT 宛名番号, 氏名, 町字コード, 性別, 生年月日, '0' AS "旧.支援措置", 宛名番号 IN (
    SELECT 宛名番号 FROM 支援措置 AS 措置, 対象
    WHERE 措置.最新フラグ = '1' AND 支援措置開始年月日 <= 日 AND 支援措置終了年月日 >= 日) AS "新.対象者"
FROM 住民
WHERE 宛名番号 NOT IN (
  SELECT 宛名番号 FROM 支援措置 AS 措置, 対象
  WHERE 措置.最新フラグ = '1' AND 支援措置開始年月日 <= 日 AND 支援措置終了年月日 >= 日)
ORDER BY 1
