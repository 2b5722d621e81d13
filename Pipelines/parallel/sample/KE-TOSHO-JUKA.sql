-- Of a vehicle with the year alone the month counts as December.
SELECT 管理番号, 初度検査, 燃料, 判定月 <= (賦課年度 - 13) || '-03' AND 燃料 NOT IN ('3', '4', '5') AS "旧.重課要否",
  税率区分 = '3' AS "新.重課", 税率区分
FROM (
  SELECT 賦課年度, 賦課.軽自管理番号 AS 管理番号, substr(初度検査年月, 1, 7) AS 初度検査, 燃料の種類 AS 燃料, 税率区分,
    CASE WHEN 初度検査年月_月不詳フラグ = '1' THEN substr(初度検査年月, 1, 4) || '-12' ELSE substr(初度検査年月, 1, 7) END AS 判定月
  FROM 軽自_賦課 AS 賦課 JOIN 軽自_車両 AS 車両 ON 車両.軽自管理番号 = 賦課.軽自管理番号 AND 車両.最新フラグ = '1'
  WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 賦課.種別コード IN ('31', '41', '42', '43', '44') AND 賦課.最新フラグ = '1')
ORDER BY 管理番号
