SELECT 課税区分, count(*) AS 人数, sum(市均等割 + 都均等割) AS 均等割, sum(市所得割 + 都所得割) AS 所得割
FROM 市民税個人 WHERE 賦課年度 = (SELECT 年度 FROM 年度) GROUP BY 1 ORDER BY 1
